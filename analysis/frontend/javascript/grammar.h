// The JavaScript, TypeScript and TSX grammars, seen as one: node kinds and fields as our own numbers.
#ifndef RACEWISE_JAVASCRIPT_GRAMMAR_H
#define RACEWISE_JAVASCRIPT_GRAMMAR_H

#include "../nodes.h"

// The kinds that kinds.def uses; 0 is what it does not list, syntax errors among them.
typedef enum Kind {
  KIND_NONE,
#define KIND(kind) KIND_##kind,
#include "kind_names.def"
#undef KIND
  KIND_COUNT,
} Kind;

typedef enum Field {
  FIELD_NONE,
#define FIELD(upper, lower) FIELD_##upper,
#include "fields.def"
#undef FIELD
  FIELD_COUNT,
} Field;

enum { GRAMMAR_SYMBOL_LIMIT = 1024, GRAMMAR_FIELD_LIMIT = 128 };

typedef struct Grammar {
  uint8_t kinds[GRAMMAR_SYMBOL_LIMIT]; // Kind, by TSSymbol
  uint8_t fields[GRAMMAR_FIELD_LIMIT]; // Field, by TSFieldId
  TSFieldId field_ids[FIELD_COUNT];    // 0 where the grammar has no such field
  NodeTable table;                     // both, for `nodes_new`
} Grammar;

// The tables of LANGUAGE_JAVASCRIPT, LANGUAGE_TYPESCRIPT or LANGUAGE_TSX; made once, on any thread.
const Grammar *grammar_of(Language language);

// The rows of kinds.def, for the test that holds them against the grammars.
const NodeKindName *grammar_rows(uint32_t *count);

#endif
