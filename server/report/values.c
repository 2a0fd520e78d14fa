#include "values.h"

#include <string.h>

void values_text(Values *values, const char *name, const char *text) {
  const char *copy = arena_copy(values->arena, text, strlen(text));
  array_push(values->arena, &values->items, ((TemplateValue){.name = name, .text = copy}));
}

void values_number(Values *values, const char *name, uint32_t number) {
  values_text(values, name, arena_printf(values->arena, "%u", number));
}

void values_rows(Values *values, const char *name, const Rows *rows) {
  array_push(values->arena, &values->items,
             ((TemplateValue){.name = name, .rows = rows->items, .row_count = rows->count}));
}

void rows_add(Rows *rows, const Values *values) {
  array_push(values->arena, rows, ((TemplateRow){values->items.items, values->items.count}));
}
