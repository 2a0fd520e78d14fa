// Rows of values for a template, made one by one. Internal to this folder.
#ifndef RACEWISE_SERVER_REPORT_VALUES_H
#define RACEWISE_SERVER_REPORT_VALUES_H

#include "../template.h"
#include "base/array.h"

// One row in the making.
typedef struct Values {
  Arena *arena;
  ARRAY(TemplateValue) items;
} Values;

typedef ARRAY(TemplateRow) Rows;

// All copy their texts.
void values_text(Values *values, const char *name, const char *text);
void values_number(Values *values, const char *name, uint32_t number);
void values_rows(Values *values, const char *name, const Rows *rows);
void rows_add(Rows *rows, const Values *values);

#endif
