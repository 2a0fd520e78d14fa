// What the client is told of a document's findings.
//
// Published where the client only listens, kept for it to ask where it pulls, never both: two of the large editors
// would show everything twice.
#ifndef RACEWISE_SERVER_LSP_PUBLISH_H
#define RACEWISE_SERVER_LSP_PUBLISH_H

#include "session.h"

// The document's analysis is of its present text: tells the client.
void publish_findings(Session *session, Document *document);

// The document is about to be closed: takes back what the client was told.
void publish_clear(Session *session, Document *document);
void publish_forget(Document *document);

// Sends what was held back while the client did not read.
void publish_held_back(Session *session);

// The answer to a pull, for a document that is analysed.
json_t *publish_report(Session *session, Document *document, const char *previous_result_id);

#endif
