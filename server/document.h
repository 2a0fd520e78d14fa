// The documents that a client has open: their text as it types, and what is known about it.
//
// A document changes on the server's loop alone. To look into it, a worker takes a `Snapshot`, which never changes and
// outlives the document if need be. A generation is our own count of the texts of all documents: clients count versions
// too, but start over when they open a document again.
//
//     Snapshot *snapshot = snapshot_new(document);
//     snapshot_run(snapshot, &cancel);             // on any thread
//     document_accept(document, snapshot);
//     snapshot_free(snapshot);
//
// An incremental parse of broken code may, rarely, mend it otherwise than a parse from scratch does. So the first
// result for a text that does not parse is quick but not settled; the next snapshot of the same text parses from
// scratch and settles it. What a server says about a text at rest therefore never depends on how it was typed.
#ifndef RACEWISE_SERVER_DOCUMENT_H
#define RACEWISE_SERVER_DOCUMENT_H

#include "analysis.h"
#include "base/cancel.h"
#include "config/config.h"
#include "syntax/syntax.h"
#include <uthash.h>

typedef struct Published Published; // what the client was told: lsp/publish.h

typedef struct Document {
  char *uri;
  char *path;        // NULL where the URI names no file
  Language language; // LANGUAGE_NONE: followed, never analysed
  int64_t version;   // the client's
  uint64_t generation;
  Text *text;
  Syntax *syntax;               // of this text or an older one; the base of the next parse; NULL before the first
  Analysis *analysis;           // the last one; NULL before the first
  uint64_t analysed_generation; // the analysis is of this one
  bool settled;                 // the analysis is from a parse from scratch, or of code without errors
  Config *config, *settings;    // what analyses go by: files, and over them the client's settings; NULL for none
  Config *content;              // what the text says, where it is a configuration file; NULL of any other
  Published *published;         // NULL before the first
  UT_hash_handle hh;
} Document;

typedef struct Documents {
  Document *first; // uthash's, by URI
  uint64_t last_generation;
} Documents;

// Opens a document that is not open. Takes over the reference on `text`.
Document *documents_open(Documents *documents, const char *uri, Language language, int64_t version, Text *text);
Document *documents_find(const Documents *documents, const char *uri); // NULL when it is not open
void documents_close(Documents *documents, Document *document);

// Replaces the text; takes over the reference.
void documents_change(Documents *documents, Document *document, int64_t version, Text *text);

// What the next analysis goes by; takes over the references. Where that is something else than before, the present text
// counts as not analysed.
void documents_configure(Documents *documents, Document *document, Config *config, Config *settings);

// The analysis is of the present text.
bool document_is_analysed(const Document *document);
// Nothing is left to do until the next change.
bool document_is_settled(const Document *document);

// Analyses a file by its configuration and the client's settings (both may be NULL); reports nothing where one of them
// excludes it. NULL only when cancelled.
Analysis *analyse_configured(const Syntax *syntax, const char *path, Config *config, Config *settings, Cancel *cancel);

typedef struct Snapshot Snapshot;

Snapshot *snapshot_new(const Document *document);
void snapshot_free(Snapshot *snapshot); // NULL is allowed
// Parses and analyses. A cancelled run may have got as far as the parse, which `document_accept` then keeps.
void snapshot_run(Snapshot *snapshot, Cancel *cancel);

// Takes the results of a snapshot of this document over. True when the document has an analysis of its present text
// now.
bool document_accept(Document *document, Snapshot *snapshot);

#endif
