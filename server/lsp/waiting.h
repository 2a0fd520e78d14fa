// Requests that wait for the analysis of what was typed last.
//
// An editor that asks right after a change is to get an answer for the changed text. While it types on, the answer is
// for what it has typed by then, which is the text that it has.
#ifndef RACEWISE_SERVER_LSP_WAITING_H
#define RACEWISE_SERVER_LSP_WAITING_H

#include "handlers.h"

// Answers a request about a document that is analysed, or (`document` is NULL) no longer open.
typedef void Answer(Session *session, Document *document, json_t *params, RpcRequest *request);

// Answers now if the document is analysed, is not open (NULL) or never will be; else once it is. Keeps `params`.
void waiting_answer(Session *session, Document *document, Answer *answer, json_t *params, RpcRequest *request);

// The document has been analysed, or (`closed`) is about to be closed.
void waiting_wake(Session *session, Document *document, bool closed);

void waiting_fail_all(Session *session, const char *reason);

#endif
