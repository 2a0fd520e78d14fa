#include "page.h"

#include "../embedded.h"
#include "drawing.h"
#include <stdlib.h>
#include <string.h>

// A finding, as far as the totals go.
typedef struct Counted {
  const char *folder, *rule;
} Counted;

struct Page {
  Arena *arena;
  Rows files;
  ARRAY(Counted) findings;
  uint32_t shared, points, windows, open, unknown;
};

Page *page_new(void) {
  Arena *arena = arena_new();
  Page *page = ARENA_NEW(arena, Page);
  page->arena = arena;
  return page;
}

void page_free(Page *page) {
  if (page)
    arena_free(page->arena);
}

// --- Code ----------------------------------------------------------------------------------------------------------

enum { AROUND = 2, LONGEST = 240 };

// Lines that are shown: 1 around a place, 2 where it begins.
static void mark(const AuditSubject *subject, uint8_t *marks, Span span) {
  uint32_t count = text_line_count(subject->text), line = audit_line(subject, span) - 1;
  for (uint32_t i = line < AROUND ? 0 : line - AROUND; i <= line + AROUND && i < count; i++)
    marks[i] |= i == line ? 3 : 1;
}

static void add_code_line(Rows *code, const char *number, const char *text, bool marked, Arena *arena) {
  Values line = {.arena = arena};
  values_text(&line, "number", number);
  values_text(&line, "text", text);
  values_text(&line, "marked", marked ? "1" : "");
  rows_add(code, &line);
}

// Of very long lines the beginning is shown.
static const char *line_text(const AuditSubject *subject, uint32_t line, Arena *arena) {
  Span span = text_line(subject->text, line);
  const char *bytes = text_bytes(subject->text) + span.start;
  uint32_t length = span.end - span.start;
  bool cut = length > LONGEST;
  for (length = cut ? LONGEST : length; cut && length > 0 && ((unsigned char)bytes[length] & 0xC0) == 0x80;)
    length--;
  return arena_printf(arena, "%.*s%s", (int)length, bytes, cut ? "…" : "");
}

static Rows code_rows(const AuditSubject *subject, const Finding *finding, Arena *arena) {
  uint32_t count = text_line_count(subject->text);
  uint8_t *marks = memory_alloc(count + 1);
  Rows code = {0};
  mark(subject, marks, finding->span);
  for (uint32_t i = 0; i < finding->related_count; i++)
    mark(subject, marks, finding->related[i].span);
  for (uint32_t i = 0, last = 0; i < count; i++) {
    if (!marks[i])
      continue;
    if (last && last != i)
      add_code_line(&code, "", "…", false, arena);
    add_code_line(&code, arena_printf(arena, "%u", i + 1), line_text(subject, i, arena), marks[i] & 2, arena);
    last = i + 1;
  }
  free(marks);
  return code;
}

// --- Findings ------------------------------------------------------------------------------------------------------

static Rows place_rows(const AuditSubject *subject, const Finding *finding, Arena *arena) {
  Rows places = {0};
  for (uint32_t i = 0; i < finding->related_count; i++) {
    Values place = {.arena = arena};
    values_number(&place, "line", audit_line(subject, finding->related[i].span));
    values_text(&place, "text", finding->related[i].message);
    rows_add(&places, &place);
  }
  return places;
}

static void add_finding(Rows *findings, const AuditSubject *subject, const Finding *finding, Arena *arena) {
  Rows code = code_rows(subject, finding, arena), places = place_rows(subject, finding, arena);
  Rows drawing = drawing_rows(subject, finding, arena);
  Values row = {.arena = arena};
  values_text(&row, "rule", finding->rule);
  values_text(&row, "severity", severity_name(finding->severity));
  values_text(&row, "confidence", confidence_name(finding->confidence));
  values_text(&row, "message", finding->message);
  values_text(&row, "function", finding->function);
  values_number(&row, "line", audit_line(subject, finding->span));
  values_rows(&row, "code", &code);
  values_rows(&row, "places", &places);
  values_text(&row, "has_places", places.count ? "1" : "");
  values_rows(&row, "drawing", &drawing);
  rows_add(findings, &row);
}

static const char *folder_of(const char *path, Arena *arena) {
  const char *slash = strrchr(path, '/');
  return slash ? arena_copy(arena, path, (size_t)(slash - path)) : ".";
}

static Rows finding_rows(Page *page, const AuditSubject *subject) {
  Rows findings = {0};
  const char *folder = folder_of(subject->path, page->arena);
  for (uint32_t i = 0; i < analysis_finding_count(subject->analysis); i++) {
    const Finding *finding = analysis_finding(subject->analysis, i);
    const char *rule = arena_copy(page->arena, finding->rule, strlen(finding->rule));
    array_push(page->arena, &page->findings, ((Counted){folder, rule}));
    add_finding(&findings, subject, finding, page->arena);
  }
  return findings;
}

// --- Shared objects and what was not understood --------------------------------------------------------------------

// The functions that read, or write, the location, each once; likewise the locks.
static const char *functions_of(const AuditSubject *subject, const SharedLocation *location, bool writers) {
  const char *text = "";
  for (uint32_t i = 0; i < location->access_count; i++) {
    const SharedAccess *access = &location->accesses[i];
    bool told = !(writers ? access->writes : access->reads);
    for (uint32_t k = 0; k < i && !told; k++)
      told = strcmp(location->accesses[k].function, access->function) == 0 &&
             (writers ? location->accesses[k].writes : location->accesses[k].reads);
    if (!told)
      text = arena_printf(subject->arena, "%s%s%s", text, *text ? ", " : "", access->function);
  }
  return *text ? text : "nobody";
}

static const char *locks_of(const AuditSubject *subject, const SharedLocation *location) {
  const char *text = "";
  for (uint32_t i = 0; i < location->access_count; i++) {
    const char *locks = *location->accesses[i].locks ? location->accesses[i].locks : "no lock";
    bool told = false;
    for (uint32_t k = 0; k < i && !told; k++)
      told = strcmp(location->accesses[k].locks, location->accesses[i].locks) == 0;
    if (!told)
      text = arena_printf(subject->arena, "%s%s%s", text, *text ? "; " : "", locks);
  }
  return text;
}

static Rows shared_rows(Page *page, const AuditSubject *subject) {
  Rows rows = {0};
  for (uint32_t i = 0; i < subject->audit->location_count; i++) {
    const SharedLocation *location = &subject->audit->locations[i];
    Values row = {.arena = page->arena};
    uint32_t open = audit_open_windows(subject, i);
    values_text(&row, "name", location->name);
    values_number(&row, "line", audit_line(subject, location->definition));
    values_text(&row, "readers", functions_of(subject, location, false));
    values_text(&row, "writers", functions_of(subject, location, true));
    values_text(&row, "locks", locks_of(subject, location));
    values_text(&row, "windows", open ? arena_printf(subject->arena, "%u open", open) : "none open");
    rows_add(&rows, &row);
  }
  return rows;
}

static Rows unknown_rows(Page *page, const AuditSubject *subject) {
  Rows rows = {0};
  for (uint32_t i = 0; i < subject->audit->unknown_count; i++) {
    Values row = {.arena = page->arena};
    values_text(&row, "text", audit_unknown(subject, &subject->audit->unknowns[i]));
    rows_add(&rows, &row);
  }
  return rows;
}

static void count(Page *page, const Audit *audit) {
  page->shared += audit->location_count;
  page->points += audit->point_count;
  page->windows += audit->window_count;
  page->unknown += audit->unknown_count;
  for (uint32_t i = 0; i < audit->window_count; i++)
    page->open += audit->windows[i].state == WINDOW_OPEN;
}

void page_add(Page *page, const AuditSubject *subject) {
  Rows findings = finding_rows(page, subject), shared = shared_rows(page, subject);
  Rows unknown = unknown_rows(page, subject);
  Values row = {.arena = page->arena};
  count(page, subject->audit);
  values_text(&row, "path", subject->path);
  values_rows(&row, "findings", &findings);
  values_rows(&row, "shared", &shared);
  values_text(&row, "has_shared", shared.count ? "1" : "");
  values_rows(&row, "unknown", &unknown);
  values_text(&row, "has_unknown", unknown.count ? "1" : "");
  rows_add(&page->files, &row);
}

// --- Totals --------------------------------------------------------------------------------------------------------

static uint32_t count_of(const Page *page, const char *folder, const char *rule) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < page->findings.count; i++)
    found += (!folder || strcmp(page->findings.items[i].folder, folder) == 0) &&
             (!rule || strcmp(page->findings.items[i].rule, rule) == 0);
  return found;
}

// The rules that found something, in the order of the documentation.
static Rows rule_rows(const Page *page) {
  Rows rows = {0};
  uint32_t rule_count;
  const RuleInfo *rules = analysis_rules(&rule_count);
  for (uint32_t i = 0; i < rule_count; i++) {
    uint32_t found = count_of(page, NULL, rules[i].name);
    Values row = {.arena = page->arena};
    values_text(&row, "rule", rules[i].name);
    values_text(&row, "summary", rules[i].summary);
    values_number(&row, "count", found);
    if (found)
      rows_add(&rows, &row);
  }
  return rows;
}

static Rows cell_rows(const Page *page, const char *folder, const Rows *rules) {
  Rows cells = {0};
  for (uint32_t i = 0; i < rules->count; i++) {
    uint32_t found = count_of(page, folder, rules->items[i].values[0].text);
    Values cell = {.arena = page->arena};
    values_text(&cell, "rule", rules->items[i].values[0].text);
    values_number(&cell, "count", found);
    if (found)
      rows_add(&cells, &cell);
  }
  return cells;
}

// Findings come in the order of their paths, so that those of a folder mostly stand together, but for its subfolders.
static Rows folder_rows(const Page *page, const Rows *rules) {
  Rows rows = {0};
  for (uint32_t i = 0; i < page->findings.count; i++) {
    const char *folder = page->findings.items[i].folder;
    bool told = false;
    for (uint32_t k = 0; k < rows.count && !told; k++)
      told = strcmp(rows.items[k].values[0].text, folder) == 0;
    if (told)
      continue;
    Rows cells = cell_rows(page, folder, rules);
    Values row = {.arena = page->arena};
    values_text(&row, "folder", folder);
    values_number(&row, "count", count_of(page, folder, NULL));
    values_rows(&row, "cells", &cells);
    rows_add(&rows, &row);
  }
  return rows;
}

static Values page_values(const Page *page, const PageWords *words) {
  Rows rules = rule_rows(page), folders = folder_rows(page, &rules);
  Values values = {.arena = page->arena};
  values_text(&values, "title", words->title);
  values_text(&values, "paths", words->paths);
  values_text(&values, "version", RACEWISE_VERSION);
  values_number(&values, "file_count", words->files);
  values_number(&values, "quiet_count", words->quiet);
  values_number(&values, "finding_count", page->findings.count);
  values_number(&values, "shared_count", page->shared);
  values_number(&values, "point_count", page->points);
  values_number(&values, "window_count", page->windows);
  values_number(&values, "open_count", page->open);
  values_number(&values, "unknown_count", page->unknown);
  values_text(&values, "has_findings", page->findings.count ? "1" : "");
  values_rows(&values, "rules", &rules);
  values_rows(&values, "folders", &folders);
  values_rows(&values, "files", &page->files);
  return values;
}

bool page_write(Page *page, const PageWords *words, FILE *out) {
  Values values = page_values(page, words);
  Template template = {.text = {"report.html", embedded_file("report.html")->text},
                       .values = {values.items.items, values.items.count},
                       .html = true};
  const char *problem, *text = template_fill(&template, page->arena, &problem);
  if (text)
    fputs(text, out);
  return text;
}
