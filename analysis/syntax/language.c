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
