// The audit of a file as a document, for people who judge its code: everything that is known, findings or not.
#ifndef RACEWISE_SERVER_AUDIT_DOCUMENT_H
#define RACEWISE_SERVER_AUDIT_DOCUMENT_H

#include "words.h"
#include <jansson.h>
#include <stdio.h>

// In Markdown, or as plain text of the same order.
void audit_write(const AuditSubject *subject, FILE *out, bool markdown);

// The Markdown as one string, to be freed with free(); NULL when out of memory. For callers outside the command line.
char *audit_markdown(const char *path, Analysis *analysis);

// {"path", "language", "tasks", "shared", "locks", "outside", "suspensions", "windows", "findings", "unknown"}, as
// docs/assistants.md describes it. A new reference.
json_t *audit_to_json(const AuditSubject *subject);

#endif
