#include "value.h"

#include <string.h>

const char *value_kind_name(ValueKind kind) {
  static const char *const NAMES[] = {
      [VALUE_OTHER] = "a number, a date or nothing",
      [VALUE_STRING] = "a string",
      [VALUE_BOOLEAN] = "true or false",
      [VALUE_LIST] = "a list",
      [VALUE_TABLE] = "a table",
  };
  return NAMES[kind];
}

Value *value_new(Arena *arena, ValueKind kind, Span span) {
  Value *value = ARENA_NEW(arena, Value);
  value->kind = kind;
  value->span = span;
  return value;
}

Value *value_get(const Value *table, const char *key) {
  for (uint32_t i = 0; table && table->kind == VALUE_TABLE && i < table->entries.count; i++)
    if (!strcmp(table->entries.items[i].key, key))
      return table->entries.items[i].value;
  return NULL;
}

void reading_complain(Reading *reading, Span span, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *message = arena_vprintf(reading->arena, format, arguments);
  va_end(arguments);
  for (char *at = message; *at; at++)
    if ((unsigned char)*at < ' ')
      *at = ' ';
  array_push(reading->arena, &reading->problems, ((ConfigProblem){span, message}));
}
