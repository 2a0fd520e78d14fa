// What open documents are analysed by, and what the client is told of a wrong configuration.
//
// Each document goes by the nearest configuration file and, over that, by the client's settings
// (`workspace_settings`); what is no file of this machine, by those alone. A file with a problem counts for nothing:
// the client is shown one message, and where the file is open, its problems are its diagnostics.
#ifndef RACEWISE_SERVER_LSP_CONFIGURE_H
#define RACEWISE_SERVER_LSP_CONFIGURE_H

#include "session.h"

// The document is new or has changed: to be called before the scheduler is told.
void configure_document(Session *session, Document *document);

// Files or the client's settings may have changed: documents that go by something else now are analysed again.
void configure_all(Session *session);

#endif
