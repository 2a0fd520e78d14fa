#include "table.h"

#include "base/arena.h"
#include "base/array.h"
#include <string.h>

typedef struct Row {
  const char *cells[TABLE_COLUMNS_LIMIT];
} Row;

struct Table {
  Arena *arena;
  unsigned columns;
  ARRAY(Row) rows; // the heads first
  int widths[TABLE_COLUMNS_LIMIT];
};

static int width_of(const char *cell) {
  int width = 0;
  for (; *cell; cell++)
    width += ((unsigned char)*cell & 0xC0) != 0x80;
  return width;
}

void table_row(Table *table, const char *const *cells) {
  Row row = {0};
  for (unsigned i = 0; i < table->columns; i++) {
    int width = width_of(cells[i]);
    row.cells[i] = arena_copy(table->arena, cells[i], strlen(cells[i]));
    table->widths[i] = width > table->widths[i] ? width : table->widths[i];
  }
  array_push(table->arena, &table->rows, row);
}

Table *table_new(unsigned columns, const char *const *heads) {
  Arena *arena = arena_new();
  Table *table = ARENA_NEW(arena, Table);
  *table = (Table){.arena = arena, .columns = columns};
  table_row(table, heads);
  return table;
}

void table_free(Table *table) {
  if (table)
    arena_free(table->arena);
}

uint32_t table_row_count(const Table *table) {
  return table->rows.count - 1;
}

// A "|" would end the cell, a line break the row.
static void print_markdown_cell(FILE *out, const char *cell) {
  for (; *cell; cell++)
    fprintf(out, *cell == '|' ? "\\|" : "%c", *cell == '\n' || *cell == '\r' ? ' ' : *cell);
}

static void print_markdown_row(const Table *table, const Row *row, FILE *out) {
  for (unsigned i = 0; i < table->columns; i++) {
    fputs(i == 0 ? "| " : " | ", out);
    print_markdown_cell(out, row->cells[i]);
  }
  fputs(" |\n", out);
}

static void print_plain_row(const Table *table, const Row *row, FILE *out) {
  for (unsigned i = 0; i < table->columns; i++) {
    bool is_last = i + 1 == table->columns;
    fprintf(out, "%s%*s%s", row->cells[i], is_last ? 0 : table->widths[i] - width_of(row->cells[i]), "",
            is_last ? "\n" : "  ");
  }
}

static void print_rule(const Table *table, FILE *out) {
  bool numbers = strcmp(table->rows.items[0].cells[0], "line") == 0;
  for (unsigned i = 0; i < table->columns; i++)
    fputs(i > 0 ? "---|" : numbers ? "|---:|" : "|---|", out);
  fputc('\n', out);
}

void table_print(const Table *table, FILE *out, bool markdown) {
  for (uint32_t i = 0; i < table->rows.count; i++) {
    if (markdown)
      print_markdown_row(table, &table->rows.items[i], out);
    else
      print_plain_row(table, &table->rows.items[i], out);
    if (markdown && i == 0)
      print_rule(table, out);
  }
}
