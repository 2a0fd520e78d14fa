#include "collection.h"
#include <string.h>

typedef struct KindRow {
  const char *type;
  CollectionKind kind;
} KindRow;

static const KindRow TYPES[] = {
    {"list", COLLECTION_LIST},  {"dict", COLLECTION_MAP},
    {"set", COLLECTION_SET},    {"collections.deque", COLLECTION_DEQUE},
    {"Array", COLLECTION_LIST}, {"Map", COLLECTION_MAP},
    {"Set", COLLECTION_SET},
};

static CollectionKind kind_of_literal(const Instruction *made) {
  switch (made->detail) {
  case MAKE_LIST:
    return COLLECTION_LIST;
  case MAKE_SET:
    return COLLECTION_SET;
  case MAKE_MAP:
    return COLLECTION_MAP;
  default:
    return COLLECTION_UNKNOWN;
  }
}

static CollectionKind kind_of_made(const FixRun *run, const Allocation *made) {
  const Instruction *instruction = &fix_function(run, made->function)->code.items[made->instruction];
  if (instruction->op == OP_MAKE)
    return kind_of_literal(instruction);
  for (size_t i = 0; made->type && i < sizeof TYPES / sizeof *TYPES; i++)
    if (strcmp(fix_symbol(run, made->type), TYPES[i].type) == 0)
      return TYPES[i].kind;
  return COLLECTION_UNKNOWN;
}

CollectionKind collection_kind(const FixRun *run, Location location) {
  const FlowFile *file = run->rules->file;
  const ValueSet *content = values_content(file->values, location);
  CollectionKind kind = COLLECTION_UNKNOWN;
  for (uint32_t i = 0; i < content->count && !kind; i++)
    if (abstract_kind(content->items[i]) == ABSTRACT_FRESH)
      kind = kind_of_made(run, values_allocation(file->values, abstract_number(content->items[i])));
  return kind;
}
