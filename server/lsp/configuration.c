// What the client says about settings and folders while the session runs.
#include "configure.h"
#include "handlers.h"
#include "whole_workspace.h"
#include <string.h>
#include <utlist.h>

// --- Asking for settings -------------------------------------------------------------------------------------------

static void keep(json_t **said, json_t *json) {
  json_decref(*said);
  *said = json_is_object(json) ? json_incref(json) : NULL;
}

// Announces anew what the client knows by what was true until now.
static void announce(Session *session) {
  bool whole = session->workspace.settings.whole_workspace;
  if (whole == session->announced_whole)
    return;
  session->announced_whole = whole;
  json_t *gone, *come = protocol_write_changed_registrations(&session->client, whole, &gone);
  if (json_array_size(come) > 0) {
    // The protocol spells it so.
    rpc_ask(session->rpc, "client/unregisterCapability", json_pack("{s:O}", "unregisterations", gone), NULL, NULL);
    rpc_ask(session->rpc, "client/registerCapability", json_pack("{s:O}", "registrations", come), NULL, NULL);
  }
  json_decref(gone);
  json_decref(come);
}

static void settle(Session *session) {
  workspace_settle(&session->workspace, session->log);
  announce(session);
  configure_all(session);
  whole_workspace_touch(session, true);
  if (session->client.refresh_inlay_hints)
    rpc_ask(session->rpc, "workspace/inlayHint/refresh", NULL, NULL, NULL);
  if (session->client.refresh_code_lenses)
    rpc_ask(session->rpc, "workspace/codeLens/refresh", NULL, NULL, NULL);
}

// The answer holds one value for all, then one for each folder that was asked about. Of folders that have come or gone
// meanwhile another answer is on its way.
static void take_settings(void *context, const json_t *result) {
  Session *session = context;
  if (!json_is_array(result) || session->lifecycle != LIFECYCLE_RUNNING)
    return;
  keep(&session->workspace.said, json_array_get(result, 0));
  size_t index = 1;
  Folder *folder;
  DL_FOREACH(session->workspace.folders, folder) {
    keep(&folder->said, json_array_get(result, index++));
  }
  settle(session);
}

static void ask_for_settings(Session *session) {
  json_t *items = json_pack("[{s:s}]", "section", SETTINGS_SECTION);
  Folder *folder;
  DL_FOREACH(session->workspace.folders, folder) {
    json_array_append_new(items, json_pack("{s:s, s:s}", "scopeUri", folder->uri, "section", SETTINGS_SECTION));
  }
  rpc_ask(session->rpc, "workspace/configuration", json_pack("{s:o}", "items", items), take_settings, session);
}

// --- Messages ------------------------------------------------------------------------------------------------------

// Once the client is ready to be asked.
void handle_initialized(Session *session, json_t *params, RpcRequest *request) {
  (void)params, (void)request;
  json_t *registrations = protocol_write_registrations(&session->client, session->announced_whole);
  if (json_array_size(registrations) > 0)
    rpc_ask(session->rpc, "client/registerCapability", json_pack("{s:o}", "registrations", registrations), NULL, NULL);
  else
    json_decref(registrations);
  if (session->client.configuration)
    ask_for_settings(session);
  else
    whole_workspace_touch(session, false);
}

// Clients that can be asked often send nothing here; the others send the settings, with the section's name or without.
void handle_did_change_configuration(Session *session, json_t *params, RpcRequest *request) {
  (void)request;
  if (session->client.configuration) {
    ask_for_settings(session);
    return;
  }
  json_t *settings = json_object_get(params, "settings"), *section = json_object_get(settings, SETTINGS_SECTION);
  keep(&session->workspace.said, section ? section : settings);
  settle(session);
}

void handle_did_change_folders(Session *session, json_t *params, RpcRequest *request) {
  (void)request;
  const json_t *event = json_object_get(params, "event");
  const json_t *removed = json_object_get(event, "removed"), *added = json_object_get(event, "added");
  for (size_t i = 0; i < json_array_size(removed) + json_array_size(added); i++) {
    bool goes = i < json_array_size(removed);
    const json_t *folder = goes ? json_array_get(removed, i) : json_array_get(added, i - json_array_size(removed));
    const char *uri = json_string_value(json_object_get(folder, "uri"));
    if (uri && goes)
      workspace_remove(&session->workspace, uri);
    else if (uri)
      workspace_add(&session->workspace, uri);
  }
  settle(session);
  if (session->client.configuration)
    ask_for_settings(session);
}
