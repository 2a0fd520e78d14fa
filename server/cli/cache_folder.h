// Where caches are kept.
//
//     $XDG_CACHE_HOME/racewise/            or ~/.cache/racewise, or what --cache-dir or RACEWISE_CACHE_DIR say
//       CACHEDIR.TAG                       lets backups leave it out
//       <program>-<working folder>.pack    two hashes: programs do not take each other's word
#ifndef RACEWISE_CLI_CACHE_FOLDER_H
#define RACEWISE_CLI_CACHE_FOLDER_H

#include "../../analysis/base/arena.h"
#include <stdbool.h>

// The folder, which need not exist; `given` may be NULL. NULL when there is no place for one.
const char *cache_folder(const char *given, Arena *arena);

// Makes it and its tag. False with errno when it cannot be made.
bool cache_folder_make(const char *folder, Arena *arena);

// The pack for runs of this program in the working folder.
const char *cache_folder_pack(const char *folder, Arena *arena);

// Removes all packs, or those that were not written for `days`, and nothing else; `*bytes` is how much that was. False
// with errno when something could not be removed.
bool cache_folder_clean(const char *folder, int days, unsigned long long *bytes);

#endif
