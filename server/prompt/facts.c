#include "facts.h"

#include "../explain.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A list in the making.
typedef struct List {
  const PromptScope *scope;
  const char *text;
  uint32_t count; // entries, those left out included
} List;

static const char *join(const List *list, const char *entry) {
  return arena_printf(list->scope->subject->arena, "%s%s- %s", list->text, *list->text ? "\n" : "", entry);
}

static void add(List *list, const char *entry) {
  if (list->count++ < list->scope->most)
    list->text = join(list, entry);
}

static const char *end(const List *list) {
  Arena *arena = list->scope->subject->arena;
  if (list->count <= list->scope->most)
    return list->text;
  return join(list, arena_printf(arena, "and %u more: see `racewise audit`", list->count - list->scope->most));
}

static Arena *arena_of(const PromptScope *scope) {
  return scope->subject->arena;
}

// --- What is meant -------------------------------------------------------------------------------------------------

static bool holds_line(const PromptScope *scope, Span span) {
  const Text *text = scope->subject->text;
  uint32_t first = text_position(text, span.start, TEXT_UTF8).line,
           last = text_position(text, span.end, TEXT_UTF8).line;
  return first + 1 <= scope->line && scope->line <= last + 1;
}

static bool touches_line(const PromptScope *scope, const Finding *finding) {
  for (uint32_t i = 0; i < finding->related_count; i++)
    if (finding->related[i].role != PLACE_SPAWN && holds_line(scope, finding->related[i].span))
      return true;
  return false;
}

// Findings that stand on the line; where there is none, those that have to do with it.
bool prompt_scope_find(PromptScope *scope) {
  Analysis *analysis = scope->subject->analysis;
  uint32_t count = analysis_finding_count(analysis);
  scope->findings = ARENA_ARRAY(arena_of(scope), bool, count);
  scope->finding_count = 0;
  for (int pass = 0; pass < 2 && scope->finding_count == 0; pass++)
    for (uint32_t i = 0; i < count; i++) {
      const Finding *finding = analysis_finding(analysis, i);
      bool meant = !scope->line || (pass == 0 ? holds_line(scope, finding->span) : touches_line(scope, finding));
      scope->findings[i] = meant;
      scope->finding_count += meant;
    }
  return !scope->line || scope->finding_count > 0;
}

// Whether a function or a name is one that the findings meant are about.
static bool is_meant(const PromptScope *scope, const char *function, const char *name) {
  for (uint32_t i = 0; scope->line && i < analysis_finding_count(scope->subject->analysis); i++) {
    const Finding *finding = analysis_finding(scope->subject->analysis, i);
    if (scope->findings[i] &&
        ((function && strcmp(finding->function, function) == 0) || (name && strcmp(finding->variable, name) == 0)))
      return true;
  }
  return !scope->line;
}

// --- Shared objects and locks --------------------------------------------------------------------------------------

// The accesses of one function under the same locks, from `*at` on: "`load` reads it on line 3, writes it on line 5".
static const char *access_group(const PromptScope *scope, const SharedAccess *accesses, uint32_t count, uint32_t *at) {
  const SharedAccess *first = &accesses[*at];
  const char *text = arena_printf(arena_of(scope), "`%s`", first->function), *verb = "";
  unsigned last_line = 0;
  for (; *at < count; (*at)++) {
    const SharedAccess *access = &accesses[*at];
    if (strcmp(access->function, first->function) != 0 || strcmp(access->locks, first->locks) != 0)
      break;
    unsigned line = audit_line(scope->subject, access->span);
    if (strcmp(verb, explain_verb(access)) != 0)
      text = arena_printf(arena_of(scope), "%s%s %s it on line %u", text, *verb ? "," : "", explain_verb(access), line);
    else if (line != last_line)
      text = arena_printf(arena_of(scope), "%s, %u", text, line);
    verb = explain_verb(access);
    last_line = line;
  }
  return *first->locks ? arena_printf(arena_of(scope), "%s under %s", text, first->locks) : text;
}

static const char *accesses_text(const PromptScope *scope, const SharedAccess *accesses, uint32_t count) {
  const char *text = "";
  uint32_t groups = 0, at = 0;
  while (at < count) {
    const char *group = access_group(scope, accesses, count, &at);
    if (groups++ < scope->most)
      text = arena_printf(arena_of(scope), "%s%s%s", text, *text ? "; " : "", group);
  }
  return groups > scope->most ? arena_printf(arena_of(scope), "%s; and %u more", text, groups - scope->most) : text;
}

const char *prompt_shared(const PromptScope *scope) {
  List list = {scope, "", 0};
  const Audit *audit = scope->subject->audit;
  for (uint32_t i = 0; i < audit->location_count; i++) {
    const SharedLocation *location = &audit->locations[i];
    bool meant = is_meant(scope, NULL, location->name);
    for (uint32_t k = 0; k < location->access_count && !meant; k++)
      meant = is_meant(scope, location->accesses[k].function, NULL);
    if (meant)
      add(&list, arena_printf(arena_of(scope), "`%s`, defined on line %u: %s", location->name,
                              audit_line(scope->subject, location->definition),
                              accesses_text(scope, location->accesses, location->access_count)));
  }
  return end(&list);
}

const char *prompt_locks(const PromptScope *scope) {
  List list = {scope, "", 0};
  const Audit *audit = scope->subject->audit;
  for (uint32_t i = 0; i < audit->lock_count; i++) {
    const SharedLocation *lock = &audit->locks[i];
    const char *uses = "", *function = "";
    for (uint32_t k = 0, used = 0; k < lock->access_count; k++) {
      const SharedAccess *use = &lock->accesses[k];
      if (strcmp(function, use->function) == 0)
        continue;
      function = use->function;
      if (used++ < scope->most)
        uses = arena_printf(arena_of(scope), "%s%s`%s`, line %u", uses, *uses ? "; " : "", function,
                            audit_line(scope->subject, use->span));
    }
    add(&list, arena_printf(arena_of(scope), "`%s`, made on line %u; used in %s", lock->name,
                            audit_line(scope->subject, lock->definition), uses));
  }
  return end(&list);
}

const char *prompt_outside(const PromptScope *scope) {
  List list = {scope, "", 0};
  for (uint32_t i = 0; i < scope->subject->audit->outside_count; i++) {
    const OutsideThing *thing = &scope->subject->audit->outside[i];
    bool meant = is_meant(scope, NULL, thing->name);
    for (uint32_t k = 0; k < thing->access_count && !meant; k++)
      meant = is_meant(scope, thing->accesses[k].function, NULL);
    if (meant)
      add(&list, arena_printf(arena_of(scope), "%s, %s: %s", audit_code(scope->subject, thing->name),
                              audit_outside(scope->subject, thing),
                              accesses_text(scope, thing->accesses, thing->access_count)));
  }
  return end(&list);
}

// --- Suspension points and windows ---------------------------------------------------------------------------------

static const char *point_text(const PromptScope *scope, const SuspensionPoint *point) {
  static const char *const GIVES_WAY[] = {
      [SUSPENDS_ALWAYS] = "gives way",
      [SUSPENDS_MAYBE] = "may give way",
      [SUSPENDS_ASSUMED] = "is taken to give way",
      [SUSPENDS_NEVER] = "does not give way today",
  };
  const char *quote = audit_code(scope->subject, audit_quote(scope->subject, point->span));
  const char *text = arena_printf(arena_of(scope), "line %u, `%s`: %s %s", audit_line(scope->subject, point->span),
                                  point->function, quote, GIVES_WAY[point->certainty]);
  if (*point->locks)
    text = arena_printf(arena_of(scope), "%s, holding %s", text, point->locks);
  uint32_t most = scope->most < 4 ? scope->most : 4;
  if (point->other_count)
    text = arena_printf(arena_of(scope), "%s; others may run %s", text,
                        audit_names(scope->subject, point->others, point->other_count, most));
  return text;
}

static void add_points(List *list, bool assumed) {
  const PromptScope *scope = list->scope;
  for (uint32_t i = 0; i < scope->subject->audit->point_count; i++) {
    const SuspensionPoint *point = &scope->subject->audit->points[i];
    if ((point->certainty == SUSPENDS_ASSUMED) == assumed && is_meant(scope, point->function, NULL))
      add(list, point_text(scope, point));
  }
}

const char *prompt_points(const PromptScope *scope) {
  List list = {scope, "", 0};
  add_points(&list, false);
  return end(&list);
}

const char *prompt_windows(const PromptScope *scope) {
  List list = {scope, "", 0};
  for (uint32_t i = 0; i < scope->subject->audit->window_count; i++) {
    const AuditWindow *window = &scope->subject->audit->windows[i];
    const char *name = scope->subject->audit->locations[window->location].name;
    if (!is_meant(scope, window->function, name))
      continue;
    const char *rivals = scope->most > 4 ? audit_rivals(scope->subject, window) : "";
    add(&list,
        arena_printf(arena_of(scope), "`%s`: read on line %u, gives way on line %u, relied on on line %u: %s%s%s", name,
                     audit_line(scope->subject, window->first), audit_line(scope->subject, window->suspension),
                     audit_line(scope->subject, window->second), audit_window_state(scope->subject, window),
                     *rivals ? "; " : "", rivals));
  }
  return end(&list);
}

const char *prompt_tasks(const PromptScope *scope) {
  List list = {scope, "", 0};
  for (uint32_t i = 0; i < scope->subject->audit->task_count; i++)
    add(&list, audit_task(scope->subject, i));
  return end(&list);
}

const char *prompt_unknown(const PromptScope *scope) {
  List list = {scope, "", 0};
  add_points(&list, true);
  for (uint32_t i = 0; i < scope->subject->audit->unknown_count; i++)
    if (!scope->line)
      add(&list, audit_unknown(scope->subject, &scope->subject->audit->unknowns[i]));
  const char *text = end(&list);
  return arena_printf(
      arena_of(scope),
      "%s%s- What other files do with these objects, and who calls this file: each file was read alone.", text,
      *text ? "\n" : "");
}

// --- Findings and their code ---------------------------------------------------------------------------------------

static const char *with_steps(const PromptScope *scope, const Finding *finding, const char *text) {
  for (uint32_t i = 0; i < finding->step_count; i++) {
    const Step *step = &finding->steps[i];
    const char *line =
        step->span.end ? arena_printf(arena_of(scope), ", line %u", audit_line(scope->subject, step->span)) : "";
    text =
        arena_printf(arena_of(scope), "%s\n  %u. task %s%s: %s", text, i + 1, step->task ? "B" : "A", line, step->text);
  }
  return text;
}

const char *prompt_findings(const PromptScope *scope, bool steps) {
  static const char *const CONFIDENCES[] = {
      [CONFIDENCE_HIGH] = "certain: this file starts both tasks",
      [CONFIDENCE_MEDIUM] = "likely: callers outside this file would have to run both tasks",
      [CONFIDENCE_LOW] = "a guess",
  };
  List list = {scope, "", 0};
  for (uint32_t i = 0; i < analysis_finding_count(scope->subject->analysis); i++) {
    const Finding *finding = analysis_finding(scope->subject->analysis, i);
    if (!scope->findings[i])
      continue;
    const char *text = arena_printf(arena_of(scope), "line %u, %s (%s): %s", audit_line(scope->subject, finding->span),
                                    finding->rule, CONFIDENCES[finding->confidence], finding->message);
    add(&list, steps && scope->most > 1 ? with_steps(scope, finding, text) : text);
  }
  return end(&list);
}

// Marks the lines around a place.
static void mark_lines(const PromptScope *scope, bool *marked, Span span) {
  enum { AROUND = 2 };
  uint32_t count = text_line_count(scope->subject->text);
  uint32_t line = text_position(scope->subject->text, span.start, TEXT_UTF8).line;
  uint32_t last = text_position(scope->subject->text, span.end, TEXT_UTF8).line;
  last = last > line + 4 ? line + 4 : last;
  for (uint32_t i = line < AROUND ? 0 : line - AROUND; i < count && i <= last + AROUND; i++)
    marked[i] = true;
}

static void mark_findings(const PromptScope *scope, bool *marked) {
  uint32_t shown = 0;
  for (uint32_t i = 0; i < analysis_finding_count(scope->subject->analysis); i++) {
    const Finding *finding = analysis_finding(scope->subject->analysis, i);
    if (!scope->findings[i] || shown++ >= scope->most)
      continue;
    mark_lines(scope, marked, finding->span);
    for (uint32_t k = 0; k < finding->related_count; k++)
      mark_lines(scope, marked, finding->related[k].span);
  }
}

static const char *marked_lines(const PromptScope *scope, const bool *marked, uint32_t count) {
  char *bytes;
  size_t size;
  FILE *out = open_memstream(&bytes, &size);
  if (!out)
    return "";
  for (uint32_t i = 0, last = 0; i < count; i++) {
    if (!marked[i])
      continue;
    Span line = text_line(scope->subject->text, i);
    fprintf(out, "%s%s", last ? "\n" : "", last && last != i ? "…\n" : "");
    fwrite(text_bytes(scope->subject->text) + line.start, 1, line.end - line.start, out);
    last = i + 1;
  }
  fclose(out);
  const char *text = arena_copy(arena_of(scope), bytes, size);
  free(bytes);
  return text;
}

const char *prompt_code(const PromptScope *scope) {
  enum { LEAST = 4 }; // below so many entries the code is left out
  const Text *source = scope->subject->text;
  uint32_t count = text_line_count(source);
  bool *marked = ARENA_ARRAY(arena_of(scope), bool, count + 1);
  if (scope->most >= LEAST)
    mark_findings(scope, marked);
  return marked_lines(scope, marked, count);
}
