#include "document.h"

#include "../explain.h"
#include "../table.h"
#include <string.h>

// The document being written.
typedef struct Sheet {
  const AuditSubject *subject;
  FILE *out;
  bool markdown;
} Sheet;

enum { MOST_OTHERS = 6 };

// --- Pieces --------------------------------------------------------------------------------------------------------

static void heading(const Sheet *sheet, int level, const char *text) {
  static const char *const LINES[] = {"", "=", "-", ""};
  if (sheet->markdown) {
    fprintf(sheet->out, "\n%.*s %s\n\n", level, "####", text);
    return;
  }
  fprintf(sheet->out, "\n%s\n", text);
  for (const char *c = text; *LINES[level] && *c; c++)
    if (((unsigned char)*c & 0xC0) != 0x80)
      fputs(LINES[level], sheet->out);
  fputs(*LINES[level] ? "\n\n" : "\n", sheet->out);
}

static const char *number(const Sheet *sheet, Span span) {
  return arena_printf(sheet->subject->arena, "%u", audit_line(sheet->subject, span));
}

static const char *code(const Sheet *sheet, const char *text) {
  return *text ? audit_code(sheet->subject, text) : "";
}

// Prints the rows, or what to say where there are none.
static void finish(const Sheet *sheet, Table *table, const char *none) {
  if (table_row_count(table))
    table_print(table, sheet->out, sheet->markdown);
  else if (none)
    fprintf(sheet->out, "%s\n", none);
  table_free(table);
}

static const char *plural(uint32_t count) {
  return count == 1 ? "" : "s";
}

// --- Summary and tasks ---------------------------------------------------------------------------------------------

static void write_summary(const Sheet *sheet) {
  const Audit *audit = sheet->subject->audit;
  uint32_t open = 0, findings = analysis_finding_count(sheet->subject->analysis);
  for (uint32_t i = 0; i < audit->window_count; i++)
    open += audit->windows[i].state == WINDOW_OPEN;
  fprintf(sheet->out, "%u shared object%s, %u lock%s, %u suspension point%s, %u window%s (%u open), %u finding%s; ",
          audit->location_count, plural(audit->location_count), audit->lock_count, plural(audit->lock_count),
          audit->point_count, plural(audit->point_count), audit->window_count, plural(audit->window_count), open,
          findings, plural(findings));
  fprintf(sheet->out, "%u thing%s not understood.\n", audit->unknown_count, plural(audit->unknown_count));
}

static void write_tasks(const Sheet *sheet) {
  static const char *const HEADS[] = {"task", "what it is"};
  heading(sheet, 2, "Tasks");
  Table *table = table_new(2, HEADS);
  for (uint32_t i = 0; i < sheet->subject->audit->task_count; i++) {
    const char *label = arena_printf(sheet->subject->arena, "T%u", i + 1);
    table_row(table, (const char *[]){label, audit_task(sheet->subject, i)});
  }
  finish(sheet, table, "No task runs any function of this file.");
}

// --- Shared objects and locks --------------------------------------------------------------------------------------

// Whether both stand on one line, in one function under the same locks.
static bool is_beside(const Sheet *sheet, const SharedAccess *a, const SharedAccess *b) {
  return audit_line(sheet->subject, a->span) == audit_line(sheet->subject, b->span) &&
         strcmp(a->function, b->function) == 0 && strcmp(a->locks, b->locks) == 0;
}

// What stands beside each other is told in one row.
static void add_accesses(const Sheet *sheet, Table *table, const SharedAccess *accesses, uint32_t count, bool setup) {
  for (uint32_t i = 0; i < count; i++) {
    SharedAccess access = accesses[i];
    for (; i + 1 < count && is_beside(sheet, &access, &accesses[i + 1]); i++) {
      access.reads |= accesses[i + 1].reads;
      access.writes |= accesses[i + 1].writes;
    }
    const char *locks = *access.locks ? access.locks : setup ? "" : "no lock";
    const char *tasks = setup ? "at the start" : audit_task_labels(sheet->subject, access.tasks);
    table_row(table, (const char *[]){number(sheet, access.span), code(sheet, access.function), explain_verb(&access),
                                      locks, tasks});
  }
}

static void write_lock(const Sheet *sheet, const SharedLocation *lock) {
  static const char *const HEADS[] = {"line", "function", "does", "also holding", "tasks"};
  heading(sheet, 3, code(sheet, lock->name));
  if (lock->setup_count)
    fprintf(sheet->out, "Made on line %s%s.\n\n", number(sheet, lock->definition),
            lock->own ? ", by each call for itself: it keeps nobody else out" : "");
  Table *table = table_new(5, HEADS);
  for (uint32_t i = 0; i < lock->access_count; i++) {
    const SharedAccess *use = &lock->accesses[i];
    table_row(table, (const char *[]){number(sheet, use->span), code(sheet, use->function),
                                      code(sheet, audit_quote(sheet->subject, use->span)), use->locks,
                                      audit_task_labels(sheet->subject, use->tasks)});
  }
  finish(sheet, table, NULL);
}

static void write_location(const Sheet *sheet, const SharedLocation *location) {
  static const char *const HEADS[] = {"line", "function", "does", "under", "tasks"};
  heading(sheet, 3, code(sheet, location->name));
  fprintf(sheet->out, "Defined on line %s%s%s.%s\n\n", number(sheet, location->definition),
          *location->setter ? ", set by " : "", code(sheet, location->setter),
          location->truncated ? " Only its first 200 accesses are listed." : "");
  Table *table = table_new(5, HEADS);
  add_accesses(sheet, table, location->setup, location->setup_count, true);
  add_accesses(sheet, table, location->accesses, location->access_count, false);
  finish(sheet, table, NULL);
}

static void write_thing(const Sheet *sheet, const OutsideThing *thing) {
  static const char *const HEADS[] = {"line", "function", "code", "does", "under", "tasks"};
  const AuditSubject *subject = sheet->subject;
  heading(sheet, 3, code(sheet, thing->name));
  fprintf(sheet->out, "It is %s.\n\n", audit_outside(subject, thing));
  Table *table = table_new(6, HEADS);
  for (uint32_t i = 0; i < thing->access_count; i++) {
    const SharedAccess *access = &thing->accesses[i];
    table_row(table,
              (const char *[]){number(sheet, access->span), code(sheet, access->function),
                               code(sheet, audit_quote(subject, access->span)),
                               thing->kind == OUTSIDE_SESSION ? "uses" : explain_verb(access),
                               *access->locks ? access->locks : "no lock", audit_task_labels(subject, access->tasks)});
  }
  finish(sheet, table, NULL);
}

static void write_outside(const Sheet *sheet) {
  const Audit *audit = sheet->subject->audit;
  if (audit->outside_count)
    heading(sheet, 2, "Outside of the variables");
  for (uint32_t i = 0; i < audit->outside_count; i++)
    write_thing(sheet, &audit->outside[i]);
}

static void write_shared(const Sheet *sheet) {
  const Audit *audit = sheet->subject->audit;
  heading(sheet, 2, "Shared objects");
  if (audit->location_count == 0)
    fputs("Tasks share nothing that one of them changes.\n", sheet->out);
  for (uint32_t i = 0; i < audit->location_count; i++)
    write_location(sheet, &audit->locations[i]);
  if (audit->lock_count == 0)
    return;
  heading(sheet, 2, "Locks and signals");
  for (uint32_t i = 0; i < audit->lock_count; i++)
    write_lock(sheet, &audit->locks[i]);
}

// --- Suspension points and windows ---------------------------------------------------------------------------------

static void write_points(const Sheet *sheet) {
  static const char *const HEADS[] = {"line", "function", "code", "gives way", "holding", "may run there", "windows"};
  const AuditSubject *subject = sheet->subject;
  heading(sheet, 2, "Suspension points");
  Table *table = table_new(7, HEADS);
  for (uint32_t i = 0; i < subject->audit->point_count; i++) {
    const SuspensionPoint *point = &subject->audit->points[i];
    uint32_t windows = audit_windows_at(subject, i);
    table_row(table, (const char *[]){number(sheet, point->span), code(sheet, point->function),
                                      code(sheet, audit_quote(subject, point->span)), audit_gives_way(point),
                                      *point->locks ? point->locks : "no lock",
                                      audit_names(subject, point->others, point->other_count, MOST_OTHERS),
                                      windows ? arena_printf(subject->arena, "%u", windows) : ""});
  }
  finish(sheet, table, "There is none: nothing here gives way to other tasks.");
}

static void write_windows(const Sheet *sheet) {
  static const char *const HEADS[] = {"line", "object", "gives way on", "relied on", "state", "what gets in"};
  const AuditSubject *subject = sheet->subject;
  heading(sheet, 2, "Windows");
  fputs("What is read, then relied on behind a suspension point.\n\n", sheet->out);
  Table *table = table_new(6, HEADS);
  for (uint32_t i = 0; i < subject->audit->window_count; i++) {
    const AuditWindow *window = &subject->audit->windows[i];
    table_row(table, (const char *[]){number(sheet, window->first),
                                      code(sheet, subject->audit->locations[window->location].name),
                                      arena_printf(subject->arena, "line %u", audit_line(subject, window->suspension)),
                                      arena_printf(subject->arena, "line %u", audit_line(subject, window->second)),
                                      audit_window_state(subject, window), audit_rivals(subject, window)});
  }
  finish(sheet, table, "There is none.");
}

// --- Findings and what was not understood --------------------------------------------------------------------------

static void write_findings(const Sheet *sheet) {
  const AuditSubject *subject = sheet->subject;
  heading(sheet, 2, "Findings");
  uint32_t count = analysis_finding_count(subject->analysis);
  if (count == 0)
    fputs("None.\n", sheet->out);
  for (uint32_t i = 0; i < count; i++) {
    const Finding *finding = analysis_finding(subject->analysis, i);
    Explanation explanation = {sheet->out, subject->text, sheet->markdown};
    heading(sheet, 3, arena_printf(subject->arena, "Line %u: %s", audit_line(subject, finding->span), finding->rule));
    explain_finding(&explanation, finding);
  }
}

static void write_unknowns(const Sheet *sheet) {
  const Audit *audit = sheet->subject->audit;
  heading(sheet, 2, "Not understood");
  for (uint32_t i = 0; i < audit->unknown_count; i++)
    fprintf(sheet->out, "- %s.\n", audit_unknown(sheet->subject, &audit->unknowns[i]));
  fprintf(
      sheet->out, "%s%s", audit->unknown_count ? "\n" : "",
      "Each file is read alone. Objects of one class count as one object, unless a task is seen to have its own. What "
      "a\ncaller passes in is the caller's own until it is seen to be shared.\n");
}

void audit_write(const AuditSubject *subject, FILE *out, bool markdown) {
  Sheet sheet = {subject, out, markdown};
  heading(&sheet, 1,
          arena_printf(subject->arena, "Audit of %s", markdown ? audit_code(subject, subject->path) : subject->path));
  write_summary(&sheet);
  write_tasks(&sheet);
  write_shared(&sheet);
  write_outside(&sheet);
  write_points(&sheet);
  write_windows(&sheet);
  write_findings(&sheet);
  write_unknowns(&sheet);
}

char *audit_markdown(const char *path, Analysis *analysis) {
  char *text;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  if (!out)
    return NULL;
  Arena *arena = arena_new();
  AuditSubject subject = audit_subject(path, analysis, arena);
  audit_write(&subject, out, true);
  arena_free(arena);
  fclose(out);
  return text;
}
