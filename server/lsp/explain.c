#include "explain.h"
#include <string.h>

enum { MOST_COLUMNS = 4 };

// --- Tables --------------------------------------------------------------------------------------------------------

// A table whose cells are written row by row.
typedef struct Table {
  const Explanation *explanation;
  const char *const *heads;
  unsigned columns;
  int widths[MOST_COLUMNS]; // of the plain form
} Table;

// A "|" would end the cell.
static void print_markdown_cell(FILE *out, const char *cell) {
  for (; *cell; cell++)
    fprintf(out, *cell == '|' ? "\\|" : "%c", *cell);
}

// Columns of characters, not bytes; the last is not filled up.
static void print_plain_cell(const Table *table, unsigned column, const char *cell) {
  int width = 0;
  for (const char *c = cell; *c; c++)
    width += ((unsigned char)*c & 0xC0) != 0x80;
  bool is_last = column + 1 == table->columns;
  fprintf(table->explanation->out, "%s%*s", cell, is_last || width >= table->widths[column] ? 0 : table->widths[column] - width,
          "");
  fputs(is_last ? "\n" : "  ", table->explanation->out);
}

static void print_row(const Table *table, const char *const *cells) {
  FILE *out = table->explanation->out;
  for (unsigned i = 0; i < table->columns; i++) {
    if (!table->explanation->markdown) {
      print_plain_cell(table, i, cells[i]);
      continue;
    }
    fputs(i == 0 ? "| " : " | ", out);
    print_markdown_cell(out, cells[i]);
  }
  if (table->explanation->markdown)
    fputs(" |\n", out);
}

static void print_head(const Table *table) {
  print_row(table, table->heads);
  for (unsigned i = 0; table->explanation->markdown && i < table->columns; i++)
    fputs(i == 0 ? "|---:|" : "---|", table->explanation->out);
  if (table->explanation->markdown)
    fputc('\n', table->explanation->out);
}

static void print_line_number(const Explanation *explanation, Span span, char *number, size_t size) {
  snprintf(number, size, "%u", text_position(explanation->text, span.start, TEXT_UTF8).line + 1);
}

// --- Findings ------------------------------------------------------------------------------------------------------

static const char *const STEP_HEADS[] = {"line", "task A", "task B"};

void explain_finding(const Explanation *explanation, const Finding *finding) {
  FILE *out = explanation->out;
  const char *strong = explanation->markdown ? "**" : "";
  fprintf(out, "%s%s%s, %s confidence: %s\n\n", strong, finding->rule, strong, confidence_name(finding->confidence),
          finding->message);
  Table table = {explanation, STEP_HEADS, 3, {4, 0, 0}};
  for (uint32_t i = 0; i < finding->step_count; i++) {
    int width = (int)strlen(finding->steps[i].text);
    if (finding->steps[i].task == 0 && width > table.widths[1])
      table.widths[1] = width;
  }
  if (finding->step_count > 0)
    print_head(&table);
  for (uint32_t i = 0; i < finding->step_count; i++) {
    const Step *step = &finding->steps[i];
    char number[16] = "";
    if (step->span.end > step->span.start)
      print_line_number(explanation, step->span, number, sizeof number);
    print_row(&table, (const char *[]){number, step->task == 0 ? step->text : "", step->task == 0 ? "" : step->text});
  }
}

// --- Shared locations ----------------------------------------------------------------------------------------------

static const char *const ACCESS_HEADS[] = {"line", "function", "does", "under"};

static const char *verb(const SharedAccess *access) {
  return access->reads && access->writes ? "changes" : access->writes ? "writes" : "reads";
}

static void print_accesses(const Explanation *explanation, const SharedLocation *location) {
  Table table = {explanation, ACCESS_HEADS, 4, {4, 8, 7, 0}};
  for (uint32_t i = 0; i < location->access_count; i++) {
    int width = (int)strlen(location->accesses[i].function);
    table.widths[1] = width > table.widths[1] ? width : table.widths[1];
  }
  print_head(&table);
  for (uint32_t i = 0; i < location->access_count; i++) {
    const SharedAccess *access = &location->accesses[i];
    char number[16];
    char function[256];
    const char *quote = explanation->markdown ? "`" : "";
    print_line_number(explanation, access->span, number, sizeof number);
    snprintf(function, sizeof function, "%s%s%s", quote, access->function, quote);
    print_row(&table, (const char *[]){number, function, verb(access), *access->locks ? access->locks : "no lock"});
  }
}

// Accesses of one function are told together.
static void print_rival_list(const Explanation *explanation, const SharedLocation *location,
                             const SharedAccess *access) {
  const char *last = NULL;
  for (uint32_t i = 0; i < access->rival_count; i++) {
    const SharedAccess *rival = &location->accesses[access->rivals[i]];
    char number[16];
    print_line_number(explanation, rival->span, number, sizeof number);
    bool same = last && strcmp(last, rival->function) == 0;
    if (!same)
      fprintf(explanation->out, "%s`%s` (", last ? "), " : "", rival->function);
    fprintf(explanation->out, "%s%s it on line %s", same ? ", " : "", verb(rival), number);
    last = rival->function;
  }
  fputs(").\n", explanation->out);
}

// What may interleave at the access.
static void print_rivals(const Explanation *explanation, const SharedLocation *location, const SharedAccess *access) {
  FILE *out = explanation->out;
  if (!access->suspends) {
    fprintf(out, "\n`%s` never waits, so nothing gets in between.\n", access->function);
    return;
  }
  if (access->rival_count == 0) {
    fprintf(out, "\nWhile `%s` waits, no other task gets at it here.\n", access->function);
    return;
  }
  fprintf(out, "\nWhile `%s` waits, another task may run ", access->function);
  print_rival_list(explanation, location, access);
}

void explain_shared(const Explanation *explanation, const SharedLocation *location, uint32_t access) {
  fprintf(explanation->out, "`%s` is shared between tasks\n\n", location->name);
  print_accesses(explanation, location);
  print_rivals(explanation, location, &location->accesses[access]);
}

void explain_break(const Explanation *explanation) {
  fputs(explanation->markdown ? "\n---\n\n" : "\n", explanation->out);
}

const SharedLocation *shared_at(const SharedLocation *locations, uint32_t count, uint32_t offset, uint32_t *access) {
  const SharedLocation *found = NULL;
  uint32_t narrowest = UINT32_MAX;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < locations[i].access_count; k++) {
      Span span = locations[i].accesses[k].span;
      if (offset < span.start || offset > span.end || span.end - span.start >= narrowest)
        continue;
      found = &locations[i];
      narrowest = span.end - span.start;
      *access = k;
    }
  return found;
}
