// `racewise mcp`: a server of the Model Context Protocol on standard input and output, for assistants.
//
// It speaks the revision 2026-07-28, in which each request says by what revision it goes, and with an `initialize`
// handshake those before it. Tools look at files below the folders that the command line names; nothing is run or
// written.
#ifndef RACEWISE_SERVER_MCP_MCP_H
#define RACEWISE_SERVER_MCP_MCP_H

#include "../cli/options.h"

extern const OptionTable MCP_TABLE;

int mcp_main(int argc, char **argv); // racewise mcp [OPTION…] [FOLDER…]

#endif
