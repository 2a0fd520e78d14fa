#include "document.h"
#include "base/arena.h"
#include "uri.h"
#include <stdlib.h>
#include <string.h>

struct Snapshot {
  Language language;
  uint64_t generation;
  Text *text;
  char *path; // NULL where there is none
  Config *config, *settings;
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
  document->path = uri_path(uri);
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
  config_free(document->config);
  config_free(document->settings);
  config_free(document->content);
  free(document->path);
  free(document->uri);
  free(document);
}

void documents_change(Documents *documents, Document *document, int64_t version, Text *text) {
  text_unref(document->text);
  document->text = text;
  document->version = version;
  document->generation = ++documents->last_generation;
}

void documents_configure(Documents *documents, Document *document, Config *config, Config *settings) {
  bool same = document->config == config && document->settings == settings;
  config_free(document->config);
  config_free(document->settings);
  document->config = config;
  document->settings = settings;
  if (!same)
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
  snapshot->path = uri_path(document->uri);
  snapshot->config = document->config ? config_ref(document->config) : NULL;
  snapshot->settings = document->settings ? config_ref(document->settings) : NULL;
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
  config_free(snapshot->config);
  config_free(snapshot->settings);
  free(snapshot->path);
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

Analysis *analyse_configured(const Syntax *syntax, const char *path, Config *config, Config *settings, Cancel *cancel) {
  Config *const configs[] = {config, settings};
  Arena *arena = arena_new();
  AnalysisOptions options = config_options(configs, 2, path, NULL, arena);
  if (config_excludes(config, path) || config_excludes(settings, path))
    config_disable_all(&options, arena);
  Analysis *analysis = analysis_run(syntax, &options, cancel);
  arena_free(arena);
  return analysis;
}

void snapshot_run(Snapshot *snapshot, Cancel *cancel) {
  snapshot->syntax = parse(snapshot, cancel);
  if (!snapshot->syntax)
    return;
  snapshot->settled = !snapshot->base || !ts_node_has_error(syntax_root(snapshot->syntax));
  snapshot->analysis = analyse_configured(snapshot->syntax, snapshot->path ? snapshot->path : "", snapshot->config,
                                          snapshot->settings, cancel);
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
