#include "words.h"

#include "../explain.h"
#include <string.h>

enum { QUOTE_LIMIT = 60 };

AuditSubject audit_subject(const char *path, Analysis *analysis, Arena *arena) {
  return (AuditSubject){path, analysis, analysis_audit(analysis), syntax_text(analysis_syntax(analysis)), arena, NULL};
}

unsigned audit_line(const AuditSubject *subject, Span span) {
  return text_position(subject->text, span.start, TEXT_UTF8).line + 1;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

const char *audit_quote(const AuditSubject *subject, Span span) {
  const char *bytes = text_bytes(subject->text);
  char *quote = arena_alloc(subject->arena, QUOTE_LIMIT * 4 + 8);
  size_t length = 0, characters = 0;
  uint32_t at = span.start;
  for (; at < span.end && characters < QUOTE_LIMIT; at++) {
    bool blank = is_blank(bytes[at]);
    if (blank && (length == 0 || quote[length - 1] == ' '))
      continue;
    characters += ((unsigned char)bytes[at] & 0xC0) != 0x80;
    quote[length++] = blank ? ' ' : bytes[at];
  }
  for (; at < span.end && ((unsigned char)bytes[at] & 0xC0) == 0x80; at++)
    quote[length++] = bytes[at];
  strcpy(quote + length, at < span.end ? "…" : "");
  return quote;
}

const char *audit_code(const AuditSubject *subject, const char *code) {
  return strchr(code, '`') ? arena_printf(subject->arena, "`` %s ``", code)
                           : arena_printf(subject->arena, "`%s`", code);
}

// --- Tasks ---------------------------------------------------------------------------------------------------------

// What follows "tasks that begin with `f`".
static const char *const STARTS[] = {
    [TASK_STARTED] = "started on line %u",
    [TASK_GATHERED] = "started together and waited for on line %u",
    [TASK_HANDLER] = "one for every event, registered on line %u",
    [TASK_CALLBACK] = "run later, handed out on line %u",
};

const char *audit_task(const AuditSubject *subject, uint32_t index) {
  const TaskOrigin *task = &subject->audit->tasks[index];
  if (task->kind == TASK_OUTSIDE)
    return task->many ? "callers outside this file, several at once"
                      : "callers outside this file, by custom one at a time";
  if (task->kind == TASK_PROGRAM)
    return "the program itself: the top level, and what it runs to the end";
  if (task->kind == TASK_BESIDE)
    return arena_printf(subject->arena, "what `%s` calls while tasks that it started are alive", task->function);
  if (!*task->function || task->span.end == 0)
    return "other tasks that this file starts";
  const char *start = arena_printf(subject->arena, STARTS[task->kind], audit_line(subject, task->span));
  return arena_printf(subject->arena, "%s with `%s`, %s",
                      task->many ? "several tasks that begin" : "one task that begins", task->function, start);
}

const char *audit_task_labels(const AuditSubject *subject, uint64_t tasks) {
  const char *labels = "";
  for (uint32_t i = 0; i < subject->audit->task_count; i++)
    if (tasks >> i & 1)
      labels = arena_printf(subject->arena, "%s%sT%u", labels, *labels ? ", " : "", i + 1);
  return labels;
}

const char *audit_names(const AuditSubject *subject, const char *const *names, uint32_t count, uint32_t most) {
  const char *text = "";
  for (uint32_t i = 0; i < count && i < most; i++)
    text = arena_printf(subject->arena, "%s%s`%s`", text, i ? ", " : "", names[i]);
  return count > most ? arena_printf(subject->arena, "%s and %u more", text, count - most) : text;
}

// --- Outside of the program's variables ------------------------------------------------------------------------------

const char *audit_outside(const AuditSubject *subject, const OutsideThing *thing) {
  static const char *const WORDS[] = {
      [OUTSIDE_PATH] = "a path",
      [OUTSIDE_ENTRY] = "an entry of ",
      [OUTSIDE_RECORD] = "a record of a database",
      [OUTSIDE_SESSION] = "a session, which serves one task at a time",
  };
  if (!*thing->of)
    return thing->kind == OUTSIDE_ENTRY ? "an entry of a store" : WORDS[thing->kind];
  return arena_printf(subject->arena, "%s%s%s", WORDS[thing->kind], thing->kind == OUTSIDE_RECORD ? ", by " : "",
                      audit_code(subject, thing->of));
}

// --- Points and windows --------------------------------------------------------------------------------------------

const char *audit_gives_way(const SuspensionPoint *point) {
  static const char *const WORDS[] = {
      [SUSPENDS_ALWAYS] = "always",
      [SUSPENDS_MAYBE] = "may",
      [SUSPENDS_ASSUMED] = "is taken to",
      [SUSPENDS_NEVER] = "never",
  };
  return WORDS[point->certainty];
}

const char *audit_window_state(const AuditSubject *subject, const AuditWindow *window) {
  if (window->state == WINDOW_OPEN)
    return window->finding < analysis_finding_count(subject->analysis)
               ? arena_printf(subject->arena, "open: %s", analysis_finding(subject->analysis, window->finding)->rule)
               : "open, and no rule reports it";
  if (window->state == WINDOW_ALONE)
    return "no other task gets in";
  return *window->locks ? arena_printf(subject->arena, "guarded by %s", window->locks) : "guarded by a claim";
}

const char *audit_rivals(const AuditSubject *subject, const AuditWindow *window) {
  const SharedLocation *location = &subject->audit->locations[window->location];
  const char *text = "", *last = "", *verb = "";
  for (uint32_t i = 0; i < window->rival_count; i++) {
    const SharedAccess *rival = &location->accesses[window->rivals[i]];
    unsigned line = audit_line(subject, rival->span);
    bool same = strcmp(last, rival->function) == 0;
    if (same && strcmp(verb, explain_verb(rival)) == 0)
      text = arena_printf(subject->arena, "%s, %u", text, line);
    else if (same)
      text = arena_printf(subject->arena, "%s, %s it on line %u", text, explain_verb(rival), line);
    else
      text = arena_printf(subject->arena, "%s%s`%s` %s it on line %u", text, *text ? "; " : "", rival->function,
                          explain_verb(rival), line);
    last = rival->function;
    verb = explain_verb(rival);
  }
  return text;
}

uint32_t audit_windows_at(const AuditSubject *subject, uint32_t point) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < subject->audit->window_count; i++)
    count += subject->audit->windows[i].point == point;
  return count;
}

uint32_t audit_open_windows(const AuditSubject *subject, uint32_t location) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < subject->audit->window_count; i++)
    count += subject->audit->windows[i].location == location && subject->audit->windows[i].state == WINDOW_OPEN;
  return count;
}

// --- What was not understood ---------------------------------------------------------------------------------------

// Each after its subject, "`name` (line 3)", and for several places.
static const char *const UNKNOWN_WORDS[] = {
    [UNKNOWN_SYNTAX] = "does not parse: left out",
    [UNKNOWN_FUNCTION] = "is too large or too deep: nothing in it is listed",
    [UNKNOWN_AWAITED] = "is not known here: taken to give way, and to change nothing that this file shares",
    [UNKNOWN_CALL] = "is in another file: taken to change nothing that this file shares",
    [UNKNOWN_CODE] = "is a construct that is not followed",
    [UNKNOWN_ACCESSES] = "has more than 200 accesses: the others are not listed",
};

const char *audit_unknown(const AuditSubject *subject, const Unknown *unknown) {
  const char *name = *unknown->name ? audit_code(subject, unknown->name) : "";
  if (!*name)
    name = unknown->kind == UNKNOWN_SYNTAX || unknown->kind == UNKNOWN_CODE
               ? audit_code(subject, audit_quote(subject, unknown->span))
               : "what is called";
  const char *more = unknown->count > 1 ? arena_printf(subject->arena, " and %u more", unknown->count - 1) : "";
  return arena_printf(subject->arena, "%s (line %u%s) %s", name, audit_line(subject, unknown->span), more,
                      UNKNOWN_WORDS[unknown->kind]);
}
