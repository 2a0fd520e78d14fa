#include "whole_workspace.h"
#include "../scan.h"
#include "../uri.h"
#include "base/arena.h"
#include "handlers.h"
#include "progress.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <utlist.h>

// What is known of a file.
typedef struct Known {
  char *path, *uri;
  uint64_t stamp;
  json_t *items;      // its diagnostics
  char result_id[24]; // of the items
  uint64_t seen;      // the number of the scan that saw it last
  bool told;          // published, to a client that listens
  UT_hash_handle hh;
} Known;

struct WholeWorkspace {
  Known *known; // by path
  Scan *scan;   // under way; NULL for none
  uint64_t scan_number;
  bool again;    // something changed meanwhile
  bool answered; // the client has had an answer
  // The request that waits for an answer; NULL for none, and so is the rest then.
  RpcRequest *request;
  json_t *previous; // result ids by URI: what the client has
  json_t *partial;  // the token to send results under
  json_t *items;    // results that are still to be sent
  bool reported;
  Progress progress;
};

static WholeWorkspace *whole_of(Session *session) {
  if (!session->whole)
    session->whole = memory_alloc(sizeof(WholeWorkspace));
  return session->whole;
}

// --- What is known -------------------------------------------------------------------------------------------------

static Known *known_of(WholeWorkspace *whole, const char *path) {
  Known *known;
  HASH_FIND_STR(whole->known, path, known);
  if (known)
    return known;
  known = memory_alloc(sizeof *known);
  known->path = memory_alloc(strlen(path) + 1);
  strcpy(known->path, path);
  known->uri = path_uri(path);
  known->items = json_array();
  HASH_ADD_KEYPTR(hh, whole->known, known->path, strlen(path), known);
  return known;
}

static void known_free(WholeWorkspace *whole, Known *known) {
  HASH_DEL(whole->known, known);
  json_decref(known->items);
  free(known->path);
  free(known->uri);
  free(known);
}

// The same diagnostics have the same id, in this session and the next.
static void identify(Known *known) {
  uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
  char *text = json_dumps(known->items, JSON_COMPACT | JSON_SORT_KEYS);
  for (const char *c = text; c && *c; c++)
    hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
  free(text);
  snprintf(known->result_id, sizeof known->result_id, "w%016" PRIx64, hash);
}

static void learn(const Session *session, Known *known, const ScannedFile *file) {
  json_array_clear(known->items);
  Document document = {.uri = known->uri, .text = file->text};
  for (uint32_t i = 0; file->analysis && i < analysis_finding_count(file->analysis); i++)
    json_array_append_new(known->items,
                          protocol_write_diagnostic(&session->client, &document, analysis_finding(file->analysis, i)));
  known->stamp = file->stamp;
  known->told = false;
  identify(known);
}

// --- Telling the client --------------------------------------------------------------------------------------------

// A client may spell a URI otherwise than we do: what it has open is told by its path.
static bool is_open(const Session *session, const char *path) {
  Document *document, *next;
  HASH_ITER(hh, session->documents.first, document, next) {
    if (document->path && strcmp(document->path, path) == 0)
      return true;
  }
  return false;
}

static void answer(WholeWorkspace *whole, Session *session) {
  if (!whole->request)
    return;
  progress_end(&whole->progress, session->rpc);
  rpc_succeed(whole->request, json_pack("{s:o}", "items", whole->items));
  json_decref(whole->previous);
  json_decref(whole->partial);
  whole->request = NULL;
  whole->previous = whole->partial = whole->items = NULL;
  whole->answered = true;
}

// One file's diagnostics, to whoever asked.
static void report(WholeWorkspace *whole, Session *session, const char *uri, const char *result_id, json_t *items) {
  json_t *full = protocol_write_full_report(result_id, json_incref(items));
  json_object_set_new(full, "uri", json_string(uri));
  json_object_set_new(full, "version", json_null());
  json_object_set_new(whole->previous, uri, json_string(result_id));
  whole->reported = true;
  if (whole->partial)
    progress_send(session->rpc, whole->partial, json_pack("{s:[o]}", "items", full));
  else
    json_array_append_new(whole->items, full);
}

static void tell(WholeWorkspace *whole, Session *session, Known *known) {
  if (is_open(session, known->path)) {
    known->told = false;
    return;
  }
  const char *had = json_string_value(json_object_get(whole->previous, known->uri));
  bool is_empty = json_array_size(known->items) == 0;
  if (whole->request && (had ? strcmp(had, known->result_id) != 0 : !is_empty))
    report(whole, session, known->uri, known->result_id, known->items);
  if (session->client.pull_diagnostics || known->told)
    return;
  known->told = true;
  rpc_notify(session->rpc, "textDocument/publishDiagnostics",
             protocol_write_publish(known->uri, NULL, json_incref(known->items)));
}

// Files that are gone have no diagnostics.
static void forget_gone(WholeWorkspace *whole, Session *session) {
  Known *known, *next;
  HASH_ITER(hh, whole->known, known, next) {
    if (known->seen == whole->scan_number)
      continue;
    known->told &= json_array_size(known->items) == 0;
    json_array_clear(known->items);
    known->result_id[0] = '\0';
    tell(whole, session, known);
    known_free(whole, known);
  }
}

// What the client has of files that no scan has seen: of those that went while no server ran.
static void take_back_unknown(WholeWorkspace *whole, Session *session) {
  const char *uri;
  json_t *had;
  void *next;
  json_t *none = json_array();
  json_object_foreach_safe(whole->previous, next, uri, had) {
    char *path = uri_path(uri);
    Known *known = NULL;
    if (path)
      HASH_FIND_STR(whole->known, path, known);
    bool is_told = json_string_length(had) == 0 || (path && is_open(session, path));
    free(path);
    if (!known && !is_told)
      report(whole, session, uri, "", none);
  }
  json_decref(none);
}

// --- The scan ------------------------------------------------------------------------------------------------------

static uint64_t known_stamp(void *context, const char *path) {
  Session *session = context;
  return known_of(session->whole, path)->stamp;
}

static Config *settings_for(void *context, const char *path) {
  const Session *session = context;
  return workspace_settings(&session->workspace, path)->config;
}

static bool on_scanned(void *context, const ScannedFile *file, uint32_t done, uint32_t total) {
  Session *session = context;
  WholeWorkspace *whole = session->whole;
  Known *known = known_of(whole, file->path);
  known->seen = whole->scan_number;
  if (file->is_new)
    learn(session, known, file);
  tell(whole, session, known);
  progress_report(&whole->progress, session->rpc, done, total);
  if (whole->request && rpc_cancelled(whole->request))
    answer(whole, session);
  return !session->host.congested(session->host.context);
}

static void start_scan(WholeWorkspace *whole, Session *session);

static void on_ended(void *context) {
  Session *session = context;
  WholeWorkspace *whole = session->whole;
  whole->scan = NULL;
  forget_gone(whole, session);
  if (whole->request)
    take_back_unknown(whole, session);
  if (whole->request && (whole->reported || !whole->answered || rpc_cancelled(whole->request)))
    answer(whole, session);
  if (whole->again)
    start_scan(whole, session);
}

static void start_scan(WholeWorkspace *whole, Session *session) {
  const char *folders[64];
  uint32_t count = 0;
  Folder *folder;
  DL_FOREACH(session->workspace.folders, folder) {
    if (folder->path && count < sizeof folders / sizeof *folders)
      folders[count++] = folder->path;
  }
  whole->again = false;
  whole->scan_number++;
  ScanEvents events = {session, known_stamp, settings_for, on_scanned, on_ended};
  whole->scan = scan_start(session->loop, folders, count, events);
}

// --- From outside --------------------------------------------------------------------------------------------------

static bool is_wanted(const Session *session) {
  bool pushes = session->workspace.settings.whole_workspace && !session->client.pull_diagnostics;
  return session->lifecycle == LIFECYCLE_RUNNING && (pushes || (session->whole && session->whole->request));
}

void whole_workspace_touch(Session *session, bool forget) {
  Known *known, *next;
  Known *first = session->whole ? session->whole->known : NULL;
  HASH_ITER(hh, first, known, next) {
    if (forget)
      known->stamp = 0;
  }
  if (!is_wanted(session))
    return;
  WholeWorkspace *whole = whole_of(session);
  if (whole->request && rpc_cancelled(whole->request))
    answer(whole, session);
  if (whole->scan)
    whole->again = true;
  else if (is_wanted(session))
    start_scan(whole, session);
}

void whole_workspace_closing(Session *session, const Document *document) {
  Known *known = NULL;
  if (session->whole && document->path)
    HASH_FIND_STR(session->whole->known, document->path, known);
  if (known)
    known->told = false;
}

void whole_workspace_resume(Session *session) {
  if (session->whole && session->whole->scan)
    scan_resume(session->whole->scan);
}

bool whole_workspace_idle(const Session *session) {
  return !session->whole || !session->whole->scan;
}

void whole_workspace_end(Session *session) {
  WholeWorkspace *whole = session->whole;
  if (!whole)
    return;
  if (whole->request) {
    rpc_fail(whole->request, RPC_REQUEST_FAILED, "the server is shutting down");
    json_decref(whole->previous);
    json_decref(whole->partial);
    json_decref(whole->items);
  }
  progress_forget(&whole->progress);
  if (whole->scan)
    scan_stop(whole->scan);
  Known *known, *next;
  HASH_ITER(hh, whole->known, known, next) {
    known_free(whole, known);
  }
  free(whole);
  session->whole = NULL;
}

static json_t *result_ids(const json_t *array) {
  json_t *ids = json_object();
  for (size_t i = 0; i < json_array_size(array); i++) {
    const char *uri, *value;
    if (json_unpack(json_array_get(array, i), "{s:s, s:s}", "uri", &uri, "value", &value) == 0)
      json_object_set_new(ids, uri, json_string(value));
  }
  return ids;
}

void handle_workspace_diagnostic(Session *session, json_t *params, RpcRequest *request) {
  json_t *previous = json_object_get(params, "previousResultIds");
  json_t *partial = json_object_get(params, "partialResultToken");
  if (!json_is_array(previous)) {
    rpc_fail(request, RPC_INVALID_PARAMS, "previousResultIds must be an array");
    return;
  }
  WholeWorkspace *whole = whole_of(session);
  answer(whole, session); // one at a time: the new request knows more
  whole->request = request;
  whole->previous = result_ids(previous);
  whole->partial = json_is_null(partial) ? NULL : json_incref(partial);
  whole->items = json_array();
  whole->reported = false;
  progress_start(&whole->progress, json_object_get(params, "workDoneToken"), "Looking for races");
  whole_workspace_touch(session, false);
}
