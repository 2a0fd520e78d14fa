// Which files a run is about.
#ifndef RACEWISE_CLI_DISCOVER_H
#define RACEWISE_CLI_DISCOVER_H

#include "options.h"

typedef struct SourceFile {
  const char *path; // as the user would write it: relative where the operand is
  bool named;       // an operand itself, not found in a folder
} SourceFile;

typedef ARRAY(SourceFile) SourceFiles;

typedef struct DiscoverOptions {
  bool everything; // folders that hold no code of the project too: node_modules, .venv, build …
  bool git;        // leave out what git ignores
  Words *listed;   // the folders that were listed are added to it; may be NULL
} DiscoverOptions;

// Lists the files that the operands name or hold, in order of their paths, each once. In folders only files whose name
// ends like a source file's count, and those without an ending that start like a script ("#!/usr/bin/env python3").
// Links to folders are not followed, so that no loop can arise. Folders that cannot be listed are told on stderr.
// False, after a line on stderr, when an operand does not exist.
bool discover(const Words *operands, DiscoverOptions options, Arena *arena, SourceFiles *files);

// Whether a part of the path is one of the folders that hold no code of the project.
bool discover_excludes(const char *path);

#endif
