#include "syntax.h"

#include <string.h>

const TSLanguage *tree_sitter_python(void);
const TSLanguage *tree_sitter_javascript(void);
const TSLanguage *tree_sitter_typescript(void);
const TSLanguage *tree_sitter_tsx(void);

typedef struct LanguageRow {
  const char *name;
  const TSLanguage *(*grammar)(void);
} LanguageRow;

static const LanguageRow LANGUAGES[LANGUAGE_COUNT] = {
    [LANGUAGE_NONE] = {"none", NULL},
    [LANGUAGE_PYTHON] = {"python", tree_sitter_python},
    [LANGUAGE_JAVASCRIPT] = {"javascript", tree_sitter_javascript},
    [LANGUAGE_TYPESCRIPT] = {"typescript", tree_sitter_typescript},
    [LANGUAGE_TSX] = {"tsx", tree_sitter_tsx},
};

typedef struct NamedLanguage {
  const char *name;
  Language language;
} NamedLanguage;

// The first ending that fits counts. Declaration files hold no code.
static const NamedLanguage ENDINGS[] = {
    {".d.ts", LANGUAGE_NONE},      {".d.mts", LANGUAGE_NONE},     {".d.cts", LANGUAGE_NONE},
    {".py", LANGUAGE_PYTHON},      {".js", LANGUAGE_JAVASCRIPT},  {".mjs", LANGUAGE_JAVASCRIPT},
    {".cjs", LANGUAGE_JAVASCRIPT}, {".jsx", LANGUAGE_JAVASCRIPT}, {".ts", LANGUAGE_TYPESCRIPT},
    {".mts", LANGUAGE_TYPESCRIPT}, {".cts", LANGUAGE_TYPESCRIPT}, {".tsx", LANGUAGE_TSX},
};

// What scripts are run with, versions apart.
static const NamedLanguage INTERPRETERS[] = {
    {"python", LANGUAGE_PYTHON},      {"pypy", LANGUAGE_PYTHON},    {"node", LANGUAGE_JAVASCRIPT},
    {"nodejs", LANGUAGE_JAVASCRIPT},  {"bun", LANGUAGE_TYPESCRIPT}, {"deno", LANGUAGE_TYPESCRIPT},
    {"ts-node", LANGUAGE_TYPESCRIPT}, {"tsx", LANGUAGE_TYPESCRIPT},
};

enum { LONGEST_SCRIPT_LINE = 256 };

// LSP 3.17, "Text Document Language Identifiers".
static const NamedLanguage IDS[] = {
    {"python", LANGUAGE_PYTHON},         {"javascript", LANGUAGE_JAVASCRIPT}, {"javascriptreact", LANGUAGE_JAVASCRIPT},
    {"typescript", LANGUAGE_TYPESCRIPT}, {"typescriptreact", LANGUAGE_TSX},
};

static bool ends_with(const char *string, const char *ending) {
  size_t length = strlen(string), ending_length = strlen(ending);
  return length >= ending_length && strcmp(string + length - ending_length, ending) == 0;
}

Language language_of_path(const char *path) {
  for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
    if (ends_with(path, ENDINGS[i].name))
      return ENDINGS[i].language;
  }
  return LANGUAGE_NONE;
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

// The word that names the interpreter: the first, or behind "env" the first that is neither option nor assignment.
static Span interpreter_of(const char *line, uint32_t length) {
  Span word = {2, 2};
  bool behind_env = false;
  while (word.end < length) {
    for (word.start = word.end; word.start < length && is_blank(line[word.start]);)
      word.start++;
    for (word.end = word.start; word.end < length && !is_blank(line[word.end]); word.end++)
      if (line[word.end] == '/')
        word.start = word.end + 1;
    const char *at = line + word.start;
    uint32_t size = word.end - word.start;
    if (!behind_env && size == 3 && !memcmp(at, "env", 3))
      behind_env = true;
    else if (!behind_env || (size && at[0] != '-' && !memchr(at, '=', size)))
      break;
  }
  return word;
}

Language language_of_script(const char *bytes, size_t length) {
  size_t limit = length < LONGEST_SCRIPT_LINE ? length : LONGEST_SCRIPT_LINE;
  if (limit < 2 || memcmp(bytes, "#!", 2) != 0)
    return LANGUAGE_NONE;
  uint32_t end = 2;
  while (end < limit && bytes[end] != '\n' && bytes[end] != '\r')
    end++;
  Span name = interpreter_of(bytes, end);
  while (name.end > name.start && strchr("0123456789.", bytes[name.end - 1]))
    name.end--;
  for (size_t i = 0; i < sizeof INTERPRETERS / sizeof *INTERPRETERS; i++)
    if (strlen(INTERPRETERS[i].name) == name.end - name.start &&
        !memcmp(bytes + name.start, INTERPRETERS[i].name, name.end - name.start))
      return INTERPRETERS[i].language;
  return LANGUAGE_NONE;
}

bool language_needs_text(const char *path) {
  const char *slash = strrchr(path, '/');
  return !strchr(slash ? slash + 1 : path, '.');
}

Language language_of_file(const char *path, const char *bytes, size_t length) {
  return language_needs_text(path) ? language_of_script(bytes, length) : language_of_path(path);
}

Language language_of_id(const char *id) {
  for (size_t i = 0; i < sizeof IDS / sizeof *IDS; i++) {
    if (strcmp(id, IDS[i].name) == 0)
      return IDS[i].language;
  }
  return LANGUAGE_NONE;
}

const char *language_name(Language language) {
  return LANGUAGES[language].name;
}

const TSLanguage *language_grammar(Language language) {
  return LANGUAGES[language].grammar ? LANGUAGES[language].grammar() : NULL;
}
