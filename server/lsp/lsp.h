// The verb `lsp`: a language server on standard input and output.
#ifndef RACEWISE_SERVER_LSP_LSP_H
#define RACEWISE_SERVER_LSP_LSP_H

// `argv[0]` is the verb. Returns the process's exit status: 0 after `shutdown`, 1 when the client left without it, 2
// for wrong usage. May end the process instead of returning, when an analysis is still under way.
int lsp_main(int argc, char **argv);

#endif
