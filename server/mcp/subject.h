// The code that a tool call is about: a file below the folders, or a text that comes with the call.
#ifndef RACEWISE_SERVER_MCP_SUBJECT_H
#define RACEWISE_SERVER_MCP_SUBJECT_H

#include "../config/config.h"
#include "service.h"

typedef struct Subject {
  const char *path; // as the call names it, or a name for a text: "text.py"
  const char *real; // of a file; NULL for a text
  Language language;
  Text *text;         // owned
  Analysis *analysis; // owned
} Subject;

// Reads and analyses what the arguments name, by the project's configuration and with preview rules. False, with the
// reason in `problem`, when that cannot be done; nothing is to be freed then.
bool subject_open(Subject *subject, const Folders *folders, const json_t *arguments, Arena *arena, char *problem,
                  size_t size);
void subject_close(Subject *subject);

#endif
