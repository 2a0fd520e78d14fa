// The facts of an audit in words, for the documents, prompts and pages that are made of it. All texts are in the arena.
#ifndef RACEWISE_SERVER_AUDIT_WORDS_H
#define RACEWISE_SERVER_AUDIT_WORDS_H

#include "analysis.h"
#include "base/arena.h"

// One audited file.
typedef struct AuditSubject {
  const char *path; // as the user writes it
  Analysis *analysis;
  const Audit *audit;
  const Text *text;
  Arena *arena;
  const char *templates; // a folder with the project's own for prompts; NULL for none
} AuditSubject;

// Makes the audit where it has not been made.
AuditSubject audit_subject(const char *path, Analysis *analysis, Arena *arena);

unsigned audit_line(const AuditSubject *subject, Span span); // one-based
// The source in one line, cut behind 60 characters or so.
const char *audit_quote(const AuditSubject *subject, Span span);
// In backticks, as many as it takes.
const char *audit_code(const AuditSubject *subject, const char *code);

// "several tasks that begin with `worker`, started on line 12"
const char *audit_task(const AuditSubject *subject, uint32_t task);
// "T1, T3": the labels of a set of tasks.
const char *audit_task_labels(const AuditSubject *subject, uint64_t tasks);

// "`load`, `save`", or "`load`, `save` and 4 more": at most `most` names.
const char *audit_names(const AuditSubject *subject, const char *const *names, uint32_t count, uint32_t most);

// "a path", "an entry of `redis`", "a record of a database, by `{ email }`", "a session, which …"
const char *audit_outside(const AuditSubject *subject, const OutsideThing *thing);

const char *audit_gives_way(const SuspensionPoint *point); // "always", "may", "is taken to", "never"
const char *audit_window_state(const AuditSubject *subject,
                               const AuditWindow *window); // "open", "guarded by `lock`", …
// What other tasks may do in a window: "`add` writes it on line 12"; "" for none.
const char *audit_rivals(const AuditSubject *subject, const AuditWindow *window);
const char *audit_unknown(const AuditSubject *subject, const Unknown *unknown); // a sentence without its full stop

// How many windows a suspension point splits.
uint32_t audit_windows_at(const AuditSubject *subject, uint32_t point);
// How many windows of a location are open.
uint32_t audit_open_windows(const AuditSubject *subject, uint32_t location);

#endif
