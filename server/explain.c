#include "explain.h"

#include "table.h"
#include <string.h>

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
  Table *table = table_new(3, STEP_HEADS);
  for (uint32_t i = 0; i < finding->step_count; i++) {
    const Step *step = &finding->steps[i];
    char number[16] = "";
    if (step->span.end > step->span.start)
      print_line_number(explanation, step->span, number, sizeof number);
    table_row(table, (const char *[]){number, step->task == 0 ? step->text : "", step->task == 0 ? "" : step->text});
  }
  if (finding->step_count > 0)
    table_print(table, out, explanation->markdown);
  table_free(table);
}

// --- Shared locations ----------------------------------------------------------------------------------------------

static const char *const ACCESS_HEADS[] = {"line", "function", "does", "under"};

const char *explain_verb(const SharedAccess *access) {
  return access->reads && access->writes ? "changes" : access->writes ? "writes" : "reads";
}

static void print_accesses(const Explanation *explanation, const SharedLocation *location) {
  Table *table = table_new(4, ACCESS_HEADS);
  for (uint32_t i = 0; i < location->access_count; i++) {
    const SharedAccess *access = &location->accesses[i];
    char number[16];
    char function[256];
    const char *quote = explanation->markdown ? "`" : "";
    print_line_number(explanation, access->span, number, sizeof number);
    snprintf(function, sizeof function, "%s%s%s", quote, access->function, quote);
    table_row(table,
              (const char *[]){number, function, explain_verb(access), *access->locks ? access->locks : "no lock"});
  }
  table_print(table, explanation->out, explanation->markdown);
  table_free(table);
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
    fprintf(explanation->out, "%s%s it on line %s", same ? ", " : "", explain_verb(rival), number);
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
