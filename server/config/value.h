// What the readers of TOML and JSON make: values with their places. Internal to this folder.
#ifndef RACEWISE_CONFIG_VALUE_H
#define RACEWISE_CONFIG_VALUE_H

#include "../../analysis/base/array.h"
#include "config.h"

typedef enum ValueKind { VALUE_OTHER, VALUE_STRING, VALUE_BOOLEAN, VALUE_LIST, VALUE_TABLE } ValueKind;

typedef struct Value Value;

// An element of a list has no key.
typedef struct Entry {
  const char *key;
  Span key_span;
  Value *value;
} Entry;

struct Value {
  ValueKind kind;
  Span span;
  const char *string;
  bool boolean;
  ARRAY(Entry) entries; // of a table or a list, in order
};

// Deeper values are VALUE_OTHER.
enum { VALUE_DEPTH = 8 };

// "a string", "a list", ...
const char *value_kind_name(ValueKind kind);

Value *value_new(Arena *arena, ValueKind kind, Span span);
// The value of a key; NULL where the table lacks it. NULL for a NULL table.
Value *value_get(const Value *table, const char *key);

// A text that is being read.
typedef struct Reading {
  Arena *arena;
  const char *bytes;
  uint32_t length;
  ARRAY(ConfigProblem) problems;
} Reading;

void reading_complain(Reading *reading, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));

// The text as TOML. NULL after a complaint.
Value *toml_read(Reading *reading);
// The value of a key of the object that the text is. NULL where there is none, or after a complaint.
Value *json_read(Reading *reading, const char *key);
// A value that has no place.
Value *json_value(const json_t *json, Arena *arena);

#endif
