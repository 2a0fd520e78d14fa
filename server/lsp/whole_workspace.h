// Diagnostics of the files that are not open.
//
// A client that pulls asks for them with `workspace/diagnostic`; the answer comes when there is something new, so that
// asking again and again costs nothing. A client that listens is sent them, where the user wants that. Files that are
// open are left to the rest of the server.
#ifndef RACEWISE_SERVER_LSP_WHOLE_WORKSPACE_H
#define RACEWISE_SERVER_LSP_WHOLE_WORKSPACE_H

#include "session.h"

// Files, open documents or folders have changed. With `forget`, what is known of files counts no more: their
// configuration has changed.
void whole_workspace_touch(Session *session, bool forget);

// A document is about to be closed: from now on its file counts, what was told of it does not.
void whole_workspace_closing(Session *session, const Document *document);

// The client reads again.
void whole_workspace_resume(Session *session);

// Nothing is under way.
bool whole_workspace_idle(const Session *session);

void whole_workspace_end(Session *session);

#endif
