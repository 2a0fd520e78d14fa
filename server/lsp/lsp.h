// The verb `lsp`: a language server on standard input and output.
#ifndef RACEWISE_SERVER_LSP_LSP_H
#define RACEWISE_SERVER_LSP_LSP_H

#include "../cli/options.h"
#include "../log.h"
#include "record.h"
#include <stdint.h>

// `argv[0]` is the verb. Returns the process's exit status: 0 after `shutdown`, 1 when the client left without it, 2
// for wrong usage. May end the process instead of returning, when an analysis is still under way.
int lsp_main(int argc, char **argv);

extern const OptionTable LSP_TABLE;

typedef struct LspOptions {
  bool help, verbose, stdio;
  int64_t process_id; // 0: none given
  const char *log_file, *record_file;
  Log log;        // NULL stream: stderr
  Record *record; // NULL: the session is not recorded
} LspOptions;

// Serves until the client leaves. Returns and ends as `lsp_main` does.
int lsp_serve(const LspOptions *options);

#endif
