#include "directive.h"

#include "../base/array.h"
#include "../base/nearest.h"
#include <ctype.h>
#include <string.h>

static const char WHOLE_FILE[] = "ignore-file", LINE[] = "ignore";

// What is left to read of one line of a comment.
typedef struct Reader {
  const char *bytes;
  uint32_t at, end;
} Reader;

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

static void skip_blanks(Reader *reader) {
  while (reader->at < reader->end && is_blank(reader->bytes[reader->at]))
    reader->at++;
}

static bool skip(Reader *reader, const char *word) {
  size_t length = strlen(word);
  bool there = reader->end - reader->at >= length && !memcmp(reader->bytes + reader->at, word, length);
  reader->at += there ? (uint32_t)length : 0;
  return there;
}

// Up to what cannot be in a name; empty where none starts.
static Span read_name(Reader *reader) {
  uint32_t start = reader->at;
  while (reader->at < reader->end &&
         (isalnum((unsigned char)reader->bytes[reader->at]) || strchr("-_", reader->bytes[reader->at])))
    reader->at++;
  return (Span){start, reader->at};
}

static SuppressedRule name_of(const Reader *reader, Span span, Arena *arena) {
  return (SuppressedRule){arena_copy(arena, reader->bytes + span.start, span.end - span.start), span};
}

// The mark is the first word where only a comment's own signs and blanks stand before it.
static bool is_first_word(const char *bytes, Span comment, uint32_t at) {
  while (at > comment.start && is_blank(bytes[at - 1]))
    at--;
  return at > comment.start && strchr("#/*\n\r", bytes[at - 1]);
}

// The line that the directive stands on, without the end of a block comment.
static uint32_t end_of_line(const char *bytes, Span comment, uint32_t at) {
  uint32_t end = at;
  while (end < comment.end && bytes[end] != '\n' && bytes[end] != '\r')
    end++;
  bool block = bytes[comment.start] == '/' && bytes[comment.start + 1] == '*';
  return block && end == comment.end && end - at >= 2 ? end - 2 : end;
}

static SuppressionFault read_rules(Reader *reader, Arena *arena, Suppression *suppression) {
  ARRAY(SuppressedRule) rules = {0};
  while (reader->at < reader->end && reader->bytes[reader->at] != ']') {
    Span name = read_name(reader);
    if (name.start < name.end)
      array_push(arena, &rules, name_of(reader, name, arena));
    else
      reader->at++;
  }
  suppression->rules = rules.items;
  suppression->rule_count = rules.count;
  if (!skip(reader, "]"))
    return SUPPRESSION_UNCLOSED;
  return rules.count ? SUPPRESSION_SOUND : SUPPRESSION_EMPTY;
}

static bool read_reason(Reader *reader) {
  skip_blanks(reader);
  if (!skip(reader, "--"))
    return false;
  while (reader->at < reader->end &&
         (is_blank(reader->bytes[reader->at]) || ispunct((unsigned char)reader->bytes[reader->at])))
    reader->at++;
  return reader->at < reader->end;
}

// A word that is nearly "ignore" is a slip; any other makes the comment prose.
static bool read_verb(Reader *reader, Arena *arena, Suppression *suppression) {
  Span span = read_name(reader);
  SuppressedRule verb = name_of(reader, span, arena);
  suppression->whole_file = !strcmp(verb.name, WHOLE_FILE);
  if (suppression->whole_file || !strcmp(verb.name, LINE))
    return true;
  Nearest nearest = nearest_to(verb.name);
  nearest_offer(&nearest, LINE);
  nearest_offer(&nearest, WHOLE_FILE);
  if (span.start == span.end || !nearest_word(&nearest))
    return false;
  SuppressedRule *word = ARENA_NEW(arena, SuppressedRule);
  *word = verb;
  suppression->fault = SUPPRESSION_MISSPELT;
  suppression->rules = word;
  suppression->rule_count = 1;
  return true;
}

bool directive_read(const Text *text, Span comment, uint32_t at, Arena *arena, Suppression *suppression) {
  const char *bytes = text_bytes(text);
  *suppression = (Suppression){0};
  if (!is_first_word(bytes, comment, at))
    return false;
  Reader reader = {bytes, at, end_of_line(bytes, comment, at)};
  if (!skip(&reader, DIRECTIVE_MARK))
    return false;
  skip_blanks(&reader);
  if (!read_verb(&reader, arena, suppression))
    return false;
  suppression->span = (Span){at, reader.at};
  skip_blanks(&reader);
  if (!suppression->fault && skip(&reader, "[")) {
    suppression->fault = read_rules(&reader, arena, suppression);
    suppression->span.end = reader.at;
  }
  suppression->justified = read_reason(&reader);
  return true;
}
