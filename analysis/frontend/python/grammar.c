#include "grammar.h"
#include <pthread.h>
#include <string.h>

static const NodeKindName KINDS[] = {
#define NODE(kind, name, bind, expression, statement) {name, KIND_##kind},
#include "kinds.def"
#undef NODE
};

static const char *const FIELDS[FIELD_COUNT] = {
    [FIELD_ALIAS] = "alias",
    [FIELD_ALTERNATIVE] = "alternative",
    [FIELD_ARGUMENTS] = "arguments",
    [FIELD_ATTRIBUTE] = "attribute",
    [FIELD_BODY] = "body",
    [FIELD_CAUSE] = "cause",
    [FIELD_CONDITION] = "condition",
    [FIELD_CONSEQUENCE] = "consequence",
    [FIELD_DEFINITION] = "definition",
    [FIELD_FUNCTION] = "function",
    [FIELD_GUARD] = "guard",
    [FIELD_KEY] = "key",
    [FIELD_LEFT] = "left",
    [FIELD_MODULE_NAME] = "module_name",
    [FIELD_NAME] = "name",
    [FIELD_OBJECT] = "object",
    [FIELD_PARAMETERS] = "parameters",
    [FIELD_RETURN_TYPE] = "return_type",
    [FIELD_RIGHT] = "right",
    [FIELD_SUBJECT] = "subject",
    [FIELD_SUBSCRIPT] = "subscript",
    [FIELD_SUPERCLASSES] = "superclasses",
    [FIELD_TYPE] = "type",
    [FIELD_TYPE_PARAMETERS] = "type_parameters",
    [FIELD_VALUE] = "value",
};

bool string_is_formatted(const char *text, uint32_t length) {
  for (uint32_t i = 0; i < length && text[i] != '"' && text[i] != '\''; i++)
    if ((text[i] | 0x20) == 'f' || (text[i] | 0x20) == 't')
      return true;
  return false;
}

// Only what is interpolated matters of a string.
static bool is_closed(uint8_t kind, const char *text, uint32_t length) {
  return kind == KIND_STRING && !string_is_formatted(text, length);
}

// Written once, by `resolve`.
static PythonGrammar grammar;
static pthread_once_t resolved = PTHREAD_ONCE_INIT;

static void resolve(void) {
  const TSLanguage *language = language_grammar(LANGUAGE_PYTHON);
  grammar.table = (NodeTable){grammar.kinds, grammar.fields, is_closed};
  if (ts_language_symbol_count(language) > PYTHON_SYMBOL_LIMIT ||
      ts_language_field_count(language) >= PYTHON_FIELD_LIMIT) {
    grammar.missing = "(too many symbols or fields)";
    return;
  }
  const NodeKindName *row = nodes_resolve_kinds(language, KINDS, sizeof KINDS / sizeof *KINDS, grammar.kinds);
  grammar.missing = row ? row->name : NULL;
  for (uint8_t field = FIELD_NONE + 1; field < FIELD_COUNT; field++) {
    TSFieldId id = ts_language_field_id_for_name(language, FIELDS[field], (uint32_t)strlen(FIELDS[field]));
    grammar.fields[id] = id ? field : FIELD_NONE;
    if (!id && !grammar.missing)
      grammar.missing = FIELDS[field];
  }
}

const PythonGrammar *python_grammar(void) {
  pthread_once(&resolved, resolve);
  return &grammar;
}
