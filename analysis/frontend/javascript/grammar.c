#include "grammar.h"
#include <string.h>
#include <pthread.h>

static const NodeKindName ROWS[] = {
#define NODE(name, kind) {#name, KIND_##kind},
#define TOKEN(text, kind) {text, KIND_##kind},
#include "kinds.def"
#undef NODE
#undef TOKEN
};

static const char *const FIELD_NAMES[FIELD_COUNT] = {
#define FIELD(upper, lower) [FIELD_##upper] = #lower,
#include "fields.def"
#undef FIELD
};

const NodeKindName *grammar_rows(uint32_t *count) {
  *count = sizeof ROWS / sizeof *ROWS;
  return ROWS;
}

// Written once, before anybody reads them.
static Grammar grammars[LANGUAGE_COUNT];
static pthread_once_t resolved = PTHREAD_ONCE_INIT;

static void resolve(Language language) {
  const TSLanguage *grammar = language_grammar(language);
  Grammar *tables = &grammars[language];
  if (ts_language_symbol_count(grammar) > GRAMMAR_SYMBOL_LIMIT)
    return;
  nodes_resolve_kinds(grammar, ROWS, sizeof ROWS / sizeof *ROWS, tables->kinds);
  for (Field field = FIELD_NONE + 1; field < FIELD_COUNT; field++) {
    const char *name = FIELD_NAMES[field];
    TSFieldId id = ts_language_field_id_for_name(grammar, name, (uint32_t)strlen(name));
    tables->field_ids[field] = id;
    if (id > 0 && id < GRAMMAR_FIELD_LIMIT)
      tables->fields[id] = (uint8_t)field;
  }
}

static void resolve_all(void) {
  resolve(LANGUAGE_JAVASCRIPT);
  resolve(LANGUAGE_TYPESCRIPT);
  resolve(LANGUAGE_TSX);
}

const Grammar *grammar_of(Language language) {
  pthread_once(&resolved, resolve_all);
  return &grammars[language];
}
