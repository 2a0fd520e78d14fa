// Requests that wait for what is still being computed: the analysis of what was typed last, the fixes of a finding.
//
// An editor that asks right after a change is to get an answer for the changed text. While it types on, the answer is
// for what it has typed by then, which is the text that it has.
#ifndef RACEWISE_SERVER_LSP_WAITING_H
#define RACEWISE_SERVER_LSP_WAITING_H

#include "handlers.h"

// Answers a request about a document, or (`document` is NULL) about one that is not open. False, with nothing sent,
// when what it takes is still to come; never for NULL.
typedef bool Answer(Session *session, Document *document, json_t *params, RpcRequest *request);

// Answers now if that can be done, else as soon as it can. Keeps `params`.
void waiting_answer(Session *session, Document *document, Answer *answer, json_t *params, RpcRequest *request);

// Something about the document has been computed, or (`closed`) it is about to be closed.
void waiting_wake(Session *session, Document *document, bool closed);

void waiting_fail_all(Session *session, const char *reason);

#endif
