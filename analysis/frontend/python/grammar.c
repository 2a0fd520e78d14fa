#include "grammar.h"
#include <string.h>
#include <threads.h>

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

// Written once, by `resolve`.
static PythonGrammar table;
static once_flag resolved = ONCE_FLAG_INIT;

static void resolve(void) {
  const TSLanguage *grammar = language_grammar(LANGUAGE_PYTHON);
  if (ts_language_symbol_count(grammar) > PYTHON_SYMBOL_LIMIT) {
    table.missing = "(too many symbols)";
    return;
  }
  const NodeKindName *row = nodes_resolve_kinds(grammar, KINDS, sizeof KINDS / sizeof *KINDS, table.kinds);
  table.missing = row ? row->name : NULL;
  for (int field = FIELD_NONE + 1; field < FIELD_COUNT; field++) {
    table.fields[field] = ts_language_field_id_for_name(grammar, FIELDS[field], (uint32_t)strlen(FIELDS[field]));
    if (!table.fields[field] && !table.missing)
      table.missing = FIELDS[field];
  }
}

const PythonGrammar *python_grammar(void) {
  call_once(&resolved, resolve);
  return &table;
}
