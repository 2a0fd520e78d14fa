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

// Who wants it, and where it may be.
typedef struct SubjectRequest {
  const Folders *folders;
  const json_t *arguments;
  Arena *arena;
  Job *job; // its first step is the analysis
} SubjectRequest;

// Reads and analyses what the arguments name, by the project's configuration and with preview rules. False when that
// cannot be done, with the reason in `problem`; this is empty when the job was cancelled. Nothing is to be freed then.
bool subject_open(Subject *subject, const SubjectRequest *request, char *problem, size_t size);
void subject_close(Subject *subject);

#endif
