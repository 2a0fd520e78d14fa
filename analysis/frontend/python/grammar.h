// The node types and fields of tree-sitter-python as numbers.
#ifndef RACEWISE_FRONTEND_PYTHON_GRAMMAR_H
#define RACEWISE_FRONTEND_PYTHON_GRAMMAR_H

#include "../nodes.h"

typedef enum Kind {
  KIND_OTHER, // syntax errors among them
#define NODE(kind, name, bind, expression, statement) KIND_##kind,
#include "kinds.def"
#undef NODE
  KIND_COUNT,
} Kind;

typedef enum Field {
  FIELD_NONE,
  FIELD_ALIAS,
  FIELD_ALTERNATIVE,
  FIELD_ARGUMENTS,
  FIELD_ATTRIBUTE,
  FIELD_BODY,
  FIELD_CAUSE,
  FIELD_CONDITION,
  FIELD_CONSEQUENCE,
  FIELD_DEFINITION,
  FIELD_FUNCTION,
  FIELD_GUARD,
  FIELD_KEY,
  FIELD_LEFT,
  FIELD_MODULE_NAME,
  FIELD_NAME,
  FIELD_OBJECT,
  FIELD_PARAMETERS,
  FIELD_RETURN_TYPE,
  FIELD_RIGHT,
  FIELD_SUBJECT,
  FIELD_SUBSCRIPT,
  FIELD_SUPERCLASSES,
  FIELD_TYPE,
  FIELD_TYPE_PARAMETERS,
  FIELD_VALUE,
  FIELD_COUNT,
} Field;

enum { PYTHON_SYMBOL_LIMIT = 512, PYTHON_FIELD_LIMIT = 64 };

typedef struct PythonGrammar {
  uint8_t kinds[PYTHON_SYMBOL_LIMIT]; // Kind, by TSSymbol
  uint8_t fields[PYTHON_FIELD_LIMIT]; // Field, by TSFieldId
  NodeTable table;                    // both, for `nodes_new`
  const char *missing;                // the first name above that the grammar lacks, or NULL
} PythonGrammar;

// The same constant table at every call, on any thread.
const PythonGrammar *python_grammar(void);

// Is the string literal an f-string or a t-string?
bool string_is_formatted(const char *text, uint32_t length);

#endif
