// The verb `debug replay`: a recorded session once more.
#ifndef RACEWISE_SERVER_LSP_REPLAY_H
#define RACEWISE_SERVER_LSP_REPLAY_H

// Sends a server, in this process, what the client of the record sent, at the same pace but without pauses of more than
// a second, and records that session on standard output. Returns the process's exit status: the server's, or 2 when the
// file is no record.
int replay_main(const char *path);

#endif
