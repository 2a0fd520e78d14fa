// The verb `debug replay`: a recorded session once more.
#ifndef RACEWISE_SERVER_LSP_REPLAY_H
#define RACEWISE_SERVER_LSP_REPLAY_H

// Sends a server, in this process, what the client of the record sent: each message after what the server had said by
// then (ten seconds of patience for each) and after the same pause, but none of more than a second. Records that
// session on standard output. Returns the process's exit status: the server's, or 2 when the file is no record.
int replay_main(const char *path);

#endif
