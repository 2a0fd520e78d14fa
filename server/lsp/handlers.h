// The handlers of LSP's messages, one for each row of the table in methods.c.
//
// `request` is NULL for notifications. A handler of a request answers it, at once or later. `params` is borrowed and
// may be NULL.
#ifndef RACEWISE_SERVER_LSP_HANDLERS_H
#define RACEWISE_SERVER_LSP_HANDLERS_H

#include "session.h"

typedef void Handler(Session *session, json_t *params, RpcRequest *request);

// lifecycle.c
Handler handle_initialize, handle_shutdown, handle_exit, handle_nothing, handle_set_trace;
// whole_workspace.c
Handler handle_workspace_diagnostic;
// configuration.c
Handler handle_initialized, handle_did_change_configuration, handle_did_change_folders;
// configure.c
Handler handle_did_save, handle_did_change_watched_files;
// synchronization.c
Handler handle_did_open, handle_did_change, handle_did_close;
// diagnostics.c
Handler handle_pull_diagnostics;
// hover.c
Handler handle_hover, handle_highlight;
// annotations.c
Handler handle_inlay_hints, handle_code_lenses;
// commands.c
Handler handle_execute_command;
// code_actions.c
Handler handle_code_action, handle_resolve_code_action;

// Answers or logs that the parameters are not what the specification asks for.
void refuse_params(Session *session, RpcRequest *request, const char *method, const json_error_t *error);

#endif
