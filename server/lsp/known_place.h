// What is known about one place of a document.
#ifndef RACEWISE_SERVER_LSP_KNOWN_PLACE_H
#define RACEWISE_SERVER_LSP_KNOWN_PLACE_H

#include "../explain.h"
#include "session.h"

typedef struct KnownPlace {
  const Finding *finding;       // the narrowest at the place; NULL for none
  const SharedLocation *shared; // the one that is accessed there; NULL for none
  uint32_t access;              // which of its accesses it is
} KnownPlace;

// False when it is still to be computed.
bool known_place(Session *session, Document *document, TextPosition position, KnownPlace *place);

// All of it in words, to be freed with free(); NULL when nothing is known.
char *known_place_text(const Document *document, const KnownPlace *place, bool markdown);

#endif
