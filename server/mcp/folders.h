// The folders that a client may have read: files are looked at only where they really lie below one of them.
#ifndef RACEWISE_SERVER_MCP_FOLDERS_H
#define RACEWISE_SERVER_MCP_FOLDERS_H

#include "base/array.h"
#include <stdbool.h>

typedef struct Folders {
  Arena *arena;
  ARRAY(const char *) items; // as the file system knows them, links resolved
} Folders;

// False, with the reason in `problem`, when there is no such folder.
bool folders_add(Folders *folders, const char *path, char *problem, size_t size);

// The real path of an existing file or folder below one of the folders; relative paths start from the first one. NULL,
// with the reason in `problem`, for all others. In `arena`.
const char *folders_resolve(const Folders *folders, const char *path, Arena *arena, char *problem, size_t size);

#endif
