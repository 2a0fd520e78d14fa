#include "publish.h"
#include "base/arena.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct Published {
  json_t *items;       // the diagnostics of `generation`
  uint64_t generation; // that the items are of; 0 before the first
  uint64_t edition;    // goes up when the items change: the result id of a pull
  uint64_t pulled;     // the edition that the client has pulled; 0 for none
  bool held_back;      // the items are still to be sent
};

static Published *published_of(Document *document) {
  if (!document->published)
    document->published = memory_alloc(sizeof(Published));
  return document->published;
}

void publish_forget(Document *document) {
  if (!document->published)
    return;
  json_decref(document->published->items);
  free(document->published);
  document->published = NULL;
}

static json_t *write_items(const Session *session, const Document *document) {
  json_t *items = json_array();
  for (uint32_t i = 0; document->content && i < config_problem_count(document->content); i++)
    json_array_append_new(items,
                          protocol_write_problem(&session->client, document, config_problem(document->content, i)));
  if (!document_is_analysed(document))
    return items;
  for (uint32_t i = 0; i < analysis_finding_count(document->analysis); i++)
    json_array_append_new(
        items, protocol_write_diagnostic(&session->client, document, analysis_finding(document->analysis, i)));
  return items;
}

// Brings the items up to date. True when they are not what they were.
static bool renew(const Session *session, Document *document) {
  Published *published = published_of(document);
  json_t *items = write_items(session, document);
  bool changed = !published->items || !json_equal(items, published->items);
  json_decref(published->items);
  published->items = items;
  published->edition += changed;
  published->generation = document->generation;
  return changed;
}

static void push(Session *session, const Document *document) {
  Published *published = document->published;
  published->held_back = session->host.congested(session->host.context);
  if (published->held_back)
    return;
  json_t *params = protocol_write_publish(document->uri, &document->version, json_incref(published->items));
  rpc_notify(session->rpc, "textDocument/publishDiagnostics", params);
}

// A client that pulls has to be asked to do so again when a text at rest has changed its findings.
static void ask_to_pull_again(Session *session, const Document *document) {
  if (session->client.refresh_diagnostics && document->published->pulled > 0)
    rpc_ask(session->rpc, "workspace/diagnostic/refresh", NULL, NULL, NULL);
}

void publish_findings(Session *session, Document *document) {
  bool is_new = published_of(document)->generation != document->generation;
  bool changed = renew(session, document);
  if (!session->client.pull_diagnostics && (is_new || changed))
    push(session, document);
  else if (session->client.pull_diagnostics && !is_new && changed)
    ask_to_pull_again(session, document);
}

void publish_clear(Session *session, Document *document) {
  if (!session->client.pull_diagnostics && document->published) {
    json_t *params = protocol_write_publish(document->uri, NULL, json_array());
    rpc_notify(session->rpc, "textDocument/publishDiagnostics", params);
  }
  publish_forget(document);
}

void publish_held_back(Session *session) {
  Document *document, *next;
  HASH_ITER(hh, session->documents.first, document, next) {
    if (document->published && document->published->held_back && (document->content || document_is_analysed(document)))
      push(session, document);
  }
}

json_t *publish_report(Session *session, Document *document, const char *previous_result_id) {
  Published *published = published_of(document);
  if (published->generation != document->generation)
    renew(session, document);
  published->pulled = published->edition;
  char result_id[32];
  snprintf(result_id, sizeof result_id, "%" PRIu64, published->edition);
  if (previous_result_id && strcmp(previous_result_id, result_id) == 0)
    return protocol_write_unchanged_report(result_id);
  return protocol_write_full_report(result_id, json_incref(published->items));
}
