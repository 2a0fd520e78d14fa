#include "progress.h"

void progress_send(Rpc *rpc, json_t *token, json_t *value) {
  rpc_notify(rpc, "$/progress", json_pack("{s:O, s:o}", "token", token, "value", value));
}

void progress_start(Progress *progress, json_t *token, const char *title) {
  progress_forget(progress);
  *progress = (Progress){.token = json_is_null(token) ? NULL : json_incref(token), .title = title};
}

void progress_report(Progress *progress, Rpc *rpc, uint32_t done, uint32_t total) {
  uint32_t percent = total > 0 ? (uint32_t)((uint64_t)done * 100 / total) : 100;
  if (!progress->token || (progress->begun && percent == progress->percent))
    return;
  json_t *value =
      json_pack("{s:s, s:I}", "kind", progress->begun ? "report" : "begin", "percentage", (json_int_t)percent);
  if (!progress->begun)
    json_object_set_new(value, "title", json_string(progress->title));
  else
    json_object_set_new(value, "message", json_sprintf("%u of %u files", (unsigned)done, (unsigned)total));
  progress_send(rpc, progress->token, value);
  progress->begun = true;
  progress->percent = percent;
}

void progress_end(Progress *progress, Rpc *rpc) {
  if (progress->begun)
    progress_send(rpc, progress->token, json_pack("{s:s}", "kind", "end"));
  progress_forget(progress);
}

void progress_forget(Progress *progress) {
  json_decref(progress->token);
  *progress = (Progress){0};
}
