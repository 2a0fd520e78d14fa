// Prompts for assistants: what a careful person would ask, filled with what Racewise knows of the code.
//
// The words are templates (template.h): those that are compiled in, server/templates/prompts, or the user's own. Of
// each template the first of these counts: LANGUAGE/NAME.md and NAME.md in the user's folder, then the same built in,
// where LANGUAGE is "python" or "javascript". docs/prompts.md tells users which names they can use.
#ifndef RACEWISE_SERVER_PROMPT_H
#define RACEWISE_SERVER_PROMPT_H

#include "../audit/words.h"

typedef enum PromptKind { PROMPT_WRITE, PROMPT_AUDIT, PROMPT_FIX, PROMPT_TEST } PromptKind;

// "write", "audit", "fix", "test"; NULL past the last.
const char *prompt_kind_name(int kind);

// A prompt is at most so many characters long where its lists can be shortened to that.
enum { PROMPT_LIMIT = 8000 };

typedef struct PromptRequest {
  PromptKind kind;
  const AuditSubject *subject; // NULL for a prompt about no file
  Language language;           // of the file, or of the code to come
  uint32_t line;               // one-based: about what is known there alone; 0 for the whole file
  const char *folder;          // with the user's own templates; NULL for those of the subject, if any
} PromptRequest;

// The prompt, in the arena. NULL where none can be made: `*problem` then tells why and what to do, in a line.
const char *prompt_make(const PromptRequest *request, Arena *arena, const char **problem);

#endif
