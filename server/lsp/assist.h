// The commands for people who code with assistants: the audit of a document, and prompts.
#ifndef RACEWISE_SERVER_LSP_ASSIST_H
#define RACEWISE_SERVER_LSP_ASSIST_H

#include "session.h"

void assist_audit(Session *session, const CommandParams *command, json_t *params, RpcRequest *request);
void assist_prompt(Session *session, const CommandParams *command, json_t *params, RpcRequest *request);

#endif
