#include "document.h"
#include "base/arena.h"
#include <stdlib.h>
#include <string.h>

struct Snapshot {
  Language language;
  uint64_t generation;
  Text *text;
  Syntax *base;   // NULL: parse from scratch
  Syntax *syntax; // results, NULL when cancelled before
  Analysis *analysis;
  bool settled;
};

Document *documents_open(Documents *documents, const char *uri, Language language, int64_t version, Text *text) {
  Document *document = memory_alloc(sizeof *document);
  size_t length = strlen(uri);
  document->uri = memory_alloc(length + 1);
  memcpy(document->uri, uri, length);
  document->language = language;
  HASH_ADD_KEYPTR(hh, documents->first, document->uri, length, document);
  documents_change(documents, document, version, text);
  return document;
}

Document *documents_find(const Documents *documents, const char *uri) {
  Document *document;
  HASH_FIND_STR(documents->first, uri, document);
  return document;
}

void documents_close(Documents *documents, Document *document) {
  HASH_DEL(documents->first, document);
  syntax_free(document->syntax);
  analysis_free(document->analysis);
  text_unref(document->text);
  free(document->uri);
  free(document);
}

void documents_change(Documents *documents, Document *document, int64_t version, Text *text) {
  text_unref(document->text);
  document->text = text;
  document->version = version;
  document->generation = ++documents->last_generation;
}

bool document_is_analysed(const Document *document) {
  return document->analysis && document->analysed_generation == document->generation;
}

bool document_is_settled(const Document *document) {
  return document->language == LANGUAGE_NONE || (document_is_analysed(document) && document->settled);
}

Snapshot *snapshot_new(const Document *document) {
  Snapshot *snapshot = memory_alloc(sizeof *snapshot);
  snapshot->language = document->language;
  snapshot->generation = document->generation;
  snapshot->text = text_ref(document->text);
  bool settling = document_is_analysed(document);
  snapshot->base = document->syntax && !settling ? syntax_ref(document->syntax) : NULL;
  return snapshot;
}

void snapshot_free(Snapshot *snapshot) {
  if (!snapshot)
    return;
  text_unref(snapshot->text);
  syntax_free(snapshot->base);
  syntax_free(snapshot->syntax);
  analysis_free(snapshot->analysis);
  free(snapshot);
}

// All edits since the last parse count as one, from the first difference to the last: one parse, however many there
// were.
static Syntax *parse(const Snapshot *snapshot, Cancel *cancel) {
  if (!snapshot->base)
    return syntax_parse(snapshot->language, snapshot->text, cancel);
  uint32_t length;
  Span replaced = text_difference(syntax_text(snapshot->base), snapshot->text, &length);
  return syntax_edit(snapshot->base, snapshot->text, replaced, length, cancel);
}

void snapshot_run(Snapshot *snapshot, Cancel *cancel) {
  snapshot->syntax = parse(snapshot, cancel);
  if (!snapshot->syntax)
    return;
  snapshot->settled = !snapshot->base || !ts_node_has_error(syntax_root(snapshot->syntax));
  snapshot->analysis = analysis_run(snapshot->syntax, NULL, cancel);
}

bool document_accept(Document *document, Snapshot *snapshot) {
  if (snapshot->syntax) {
    syntax_free(document->syntax);
    document->syntax = snapshot->syntax;
    snapshot->syntax = NULL;
  }
  if (!snapshot->analysis || snapshot->generation != document->generation)
    return false;
  analysis_free(document->analysis);
  document->analysis = snapshot->analysis;
  document->analysed_generation = snapshot->generation;
  document->settled = snapshot->settled;
  snapshot->analysis = NULL;
  return true;
}
