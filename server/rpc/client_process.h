// Watches the process that started us, so that no server outlives its editor.
#ifndef RACEWISE_SERVER_RPC_CLIENT_PROCESS_H
#define RACEWISE_SERVER_RPC_CLIENT_PROCESS_H

#include "loop.h"
#include <stdint.h>

typedef struct ClientProcess ClientProcess;

// Calls `died` on the loop, once, when the process `id` has ended or does not exist. Linux tells at once; elsewhere it
// is asked for every few seconds.
ClientProcess *client_process_watch(Loop *loop, int64_t id, void (*died)(void *context), void *context);

// Stops watching; the memory goes when the loop has run once more. NULL is allowed.
void client_process_free(ClientProcess *process);

#endif
