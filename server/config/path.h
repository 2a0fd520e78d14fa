// Paths as text: nothing here asks the file system but for the working directory.
#ifndef RACEWISE_CONFIG_PATH_H
#define RACEWISE_CONFIG_PATH_H

#include "../../analysis/base/arena.h"

// From the root, without "." and ".." parts. In the arena.
const char *path_absolute(const char *path, Arena *arena);
// The folder that an absolute path lies in; "/" of itself.
const char *path_folder(const char *path, Arena *arena);
// The path as seen from a folder; NULL where it does not lie below. A part of `path`.
const char *path_below(const char *path, const char *folder);
// Relative to the working directory where it lies below.
const char *path_shown(const char *path, Arena *arena);
// Joined by "/".
const char *path_join(const char *folder, const char *name, Arena *arena);

#endif
