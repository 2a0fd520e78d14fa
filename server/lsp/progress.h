// Progress of long work, shown by the client where it can (LSP 3.17, "Work Done Progress").
#ifndef RACEWISE_SERVER_LSP_PROGRESS_H
#define RACEWISE_SERVER_LSP_PROGRESS_H

#include "../rpc/rpc.h"
#include <stdint.h>

typedef struct Progress {
  json_t *token; // NULL: nothing is shown
  const char *title;
  bool begun;
  uint32_t percent; // shown last
} Progress;

// Shown under a token of the client's, which may be NULL.
void progress_start(Progress *progress, json_t *token, const char *title);
void progress_report(Progress *progress, Rpc *rpc, uint32_t done, uint32_t total);
void progress_end(Progress *progress, Rpc *rpc);
// Ends without telling the client.
void progress_forget(Progress *progress);

// Sends a value under a token, as partial results are.
void progress_send(Rpc *rpc, json_t *token, json_t *value);

#endif
