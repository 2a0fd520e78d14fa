#include "reading.h"
#include <string.h>

// `const` and blanks; longer words than that are left as they are.
static const char CONST[] = "const                           ";
enum { LONGEST = sizeof CONST - 1 };

static bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c < 0;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

static uint32_t skip_blanks(const char *bytes, uint32_t at, uint32_t end) {
  while (at < end && is_blank(bytes[at]))
    at++;
  return at;
}

// Whether a name and what gives it a value or a type follow: `link = …`, `link: Link = …`.
static bool declares(const char *bytes, uint32_t at, uint32_t end) {
  uint32_t name = skip_blanks(bytes, at, end), after = name;
  while (after < end && is_name(bytes[after]))
    after++;
  if (name == at || after == name)
    return false;
  after = skip_blanks(bytes, after, end);
  bool assigned = after + 1 < end && bytes[after] == '=' && bytes[after + 1] != '=' && bytes[after + 1] != '>';
  return assigned || (after < end && bytes[after] == ':');
}

// Where the words that end with `using` at `at` begin a statement: with an `await` before it. `at` itself where they do
// not.
static bool begins_statement(const char *bytes, uint32_t at, uint32_t *start) {
  static const char AWAIT[] = "await";
  uint32_t length = sizeof AWAIT - 1, blank = at;
  while (blank > 0 && is_blank(bytes[blank - 1]))
    blank--;
  *start = at;
  if (blank < at && blank >= length && memcmp(bytes + blank - length, AWAIT, length) == 0)
    *start = blank - length;
  blank = *start;
  while (blank > 0 && is_blank(bytes[blank - 1]))
    blank--;
  return blank == 0 || strchr("\n\r;{}", bytes[blank - 1]);
}

// The first words at or behind `from` that declare with `using`; an empty span at the end where there are none.
static Span find_using(const Text *text, uint32_t from) {
  static const char USING[] = "using";
  const char *bytes = text_bytes(text);
  uint32_t end = text_length(text), length = sizeof USING - 1;
  for (uint32_t at = from; at + length < end; at++) {
    const char *next = memchr(bytes + at, 'u', end - length - at);
    if (!next)
      break;
    at = (uint32_t)(next - bytes);
    uint32_t start;
    bool word = memcmp(next, USING, length) == 0 && (at == 0 || !is_name(bytes[at - 1]));
    if (word && declares(bytes, at + length, end) && begins_statement(bytes, at, &start) &&
        at + length - start <= LONGEST)
      return (Span){start, at + length};
  }
  return (Span){end, end};
}

Reading reading_of(Language language, const Text *text) {
  bool lacks = language == LANGUAGE_TYPESCRIPT || language == LANGUAGE_TSX;
  return (Reading){text, lacks && find_using(text, 0).start < text_length(text)};
}

const char *reading_read(void *payload, uint32_t offset, TSPoint position, uint32_t *length) {
  (void)position;
  const Reading *reading = payload;
  uint32_t end = text_length(reading->text), at = offset < end ? offset : end;
  Span using = {end, end};
  if (reading->translates)
    using = find_using(reading->text, at > LONGEST ? at - LONGEST : 0);
  while (using.end <= at && using.start < end)
    using = find_using(reading->text, using.end);
  if (using.start <= at && at < using.end) {
    *length = using.end - at;
    return CONST + (at - using.start);
  }
  *length = using.start - at;
  return text_bytes(reading->text) + at;
}
