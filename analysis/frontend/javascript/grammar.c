#include "grammar.h"
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

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

static bool is_closed(uint8_t kind, const char *text, uint32_t length) {
  static const bool CLOSED[KIND_COUNT] = {
      [KIND_TYPE] = true, [KIND_LEAF] = true, [KIND_STRING] = true, [KIND_REGEX] = true, [KIND_ABSTRACT_METHOD] = true,
  };
  (void)text, (void)length;
  return CLOSED[kind];
}

static void resolve(Language language, Grammar *tables) {
  const TSLanguage *grammar = language_grammar(language);
  tables->table = (NodeTable){tables->kinds, tables->fields, is_closed};
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

// Each written once, before anybody reads it.
static Grammar grammars[LANGUAGE_COUNT];
static pthread_mutex_t resolving = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool resolved[LANGUAGE_COUNT];

const Grammar *grammar_of(Language language) {
  if (!atomic_load_explicit(&resolved[language], memory_order_acquire)) {
    pthread_mutex_lock(&resolving);
    if (!atomic_load_explicit(&resolved[language], memory_order_relaxed))
      resolve(language, &grammars[language]);
    atomic_store_explicit(&resolved[language], true, memory_order_release);
    pthread_mutex_unlock(&resolving);
  }
  return &grammars[language];
}
