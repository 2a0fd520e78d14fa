// Which paths a pattern means.
#ifndef RACEWISE_CONFIG_GLOB_H
#define RACEWISE_CONFIG_GLOB_H

#include <stdbool.h>

// Whether the pattern matches a path (relative, parts separated by "/") or a folder that it lies in. A pattern without
// a "/" matches a part anywhere, "*.gen.py"; one with a "/" is matched from the start, where "**" stands for any number
// of folders. Within a part, "*", "?" and "[a-z]" are those of fnmatch(3).
bool glob_matches(const char *pattern, const char *path);

#endif
