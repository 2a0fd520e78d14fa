// What the git program tells of a working copy.
#ifndef RACEWISE_CLI_GIT_H
#define RACEWISE_CLI_GIT_H

#include "options.h"

// Runs git in a folder with these arguments (NULL behind the last), no input, and what it says on stderr dropped. Its
// output, NUL-terminated in the arena; NULL when git is not there or fails.
const char *git_run(Arena *arena, const char *folder, const char *const *arguments, size_t *length);

// The top folder of the working copy that a folder lies in; NULL where there is none, or no git.
const char *git_top(Arena *arena, const char *folder);

// What `git ... -z` lists, each path joined to `folder`. Adds to `paths`; false when git fails.
bool git_list(Arena *arena, const char *folder, const char *const *arguments, Words *paths);

#endif
