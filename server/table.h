// Tables for people: in Markdown, or in columns of plain text.
//
//     Table *table = table_new(4, (const char *[]){"line", "function", "does", "under"});
//     table_row(table, (const char *[]){"12", "load", "reads", "no lock"});
//     table_print(table, out, true);
//     table_free(table);
#ifndef RACEWISE_SERVER_TABLE_H
#define RACEWISE_SERVER_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { TABLE_COLUMNS_LIMIT = 8 };

typedef struct Table Table;

// The first column is one of numbers where its head is "line". The heads are kept, not copied.
Table *table_new(unsigned columns, const char *const *heads);
void table_free(Table *table); // NULL is allowed

void table_row(Table *table, const char *const *cells); // copies the cells
uint32_t table_row_count(const Table *table);

// The plain form counts characters, not bytes, and does not fill up the last column.
void table_print(const Table *table, FILE *out, bool markdown);

#endif
