// The facts that prompts are filled with, as lists in Markdown. Internal to this folder.
#ifndef RACEWISE_SERVER_PROMPT_FACTS_H
#define RACEWISE_SERVER_PROMPT_FACTS_H

#include "prompt.h"

// What of a file a prompt is about.
typedef struct PromptScope {
  const AuditSubject *subject;
  uint32_t line;  // one-based; 0 for the whole file
  uint32_t most;  // entries of a list, and places of an entry; the others are counted
  bool *findings; // by finding: whether it is meant
  uint32_t finding_count;
} PromptScope;

// Which findings are meant. False where a line is given about which nothing is known.
bool prompt_scope_find(PromptScope *scope);

// Each in the arena of the subject, without a line break at its end; "" for an empty list.
const char *prompt_shared(const PromptScope *scope);
const char *prompt_locks(const PromptScope *scope);
const char *prompt_outside(const PromptScope *scope);
const char *prompt_points(const PromptScope *scope);
const char *prompt_windows(const PromptScope *scope);
const char *prompt_tasks(const PromptScope *scope);
const char *prompt_unknown(const PromptScope *scope); // never empty
const char *prompt_findings(const PromptScope *scope, bool with_steps);
const char *prompt_code(const PromptScope *scope); // the lines around the places of the findings meant

#endif
