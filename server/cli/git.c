#define _GNU_SOURCE // pipe2
#include "git.h"

#include "../config/path.h"
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MOST_ARGUMENTS = 16, CHUNK = 1 << 16 };

// In a hook git says by these where the repository is; we ask about the folder.
static const char *const LOCAL[] = {"GIT_DIR=", "GIT_WORK_TREE=", "GIT_INDEX_FILE=", "GIT_PREFIX=", "GIT_COMMON_DIR="};

static bool is_local(const char *variable) {
  for (size_t i = 0; i < sizeof LOCAL / sizeof *LOCAL; i++)
    if (!strncmp(variable, LOCAL[i], strlen(LOCAL[i])))
      return true;
  return false;
}

static char **environment_of_git(Arena *arena) {
  ARRAY(char *) variables = {0};
  for (char **variable = environ; *variable; variable++)
    if (!is_local(*variable))
      array_push(arena, &variables, *variable);
  array_push(arena, &variables, NULL);
  return variables.items;
}

// git must take no lock: others may be at work in the same folder.
static pid_t start(Arena *arena, const char *folder, const char *const *arguments, int output) {
  const char *argv[MOST_ARGUMENTS] = {"git", "--no-optional-locks", "-C", folder};
  for (size_t i = 4; i + 1 < MOST_ARGUMENTS && *arguments; i++)
    argv[i] = *arguments++;
  posix_spawn_file_actions_t actions;
  if (posix_spawn_file_actions_init(&actions))
    return -1;
  pid_t process;
  bool started = !posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) &&
                 !posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) &&
                 !posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) &&
                 !posix_spawnp(&process, "git", &actions, NULL, (char *const *)argv, environment_of_git(arena));
  posix_spawn_file_actions_destroy(&actions);
  return started ? process : -1;
}

static const char *read_all(Arena *arena, int input, size_t *length) {
  size_t capacity = CHUNK;
  char *bytes = memory_alloc(capacity);
  ssize_t got;
  *length = 0;
  while ((got = read(input, bytes + *length, capacity - *length)) > 0 || (got < 0 && errno == EINTR)) {
    *length += got > 0 ? (size_t)got : 0;
    if (*length == capacity)
      bytes = memory_resize(bytes, capacity *= 2);
  }
  const char *output = arena_copy(arena, bytes, *length);
  free(bytes);
  return output;
}

static bool succeeded(pid_t process) {
  int status;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR)
      return false;
  return WIFEXITED(status) && !WEXITSTATUS(status);
}

const char *git_run(Arena *arena, const char *folder, const char *const *arguments, size_t *length) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC))
    return NULL;
  pid_t process = start(arena, folder, arguments, ends[1]);
  close(ends[1]);
  const char *output = process > 0 ? read_all(arena, ends[0], length) : NULL;
  close(ends[0]);
  return process > 0 && succeeded(process) ? output : NULL;
}

const char *git_top(Arena *arena, const char *folder) {
  size_t length;
  const char *output = git_run(arena, folder, (const char *const[]){"rev-parse", "--show-toplevel", NULL}, &length);
  return output && length > 1 ? arena_copy(arena, output, length - 1) : NULL;
}

bool git_list(Arena *arena, const char *folder, const char *const *arguments, Words *paths) {
  size_t length;
  const char *output = git_run(arena, folder, arguments, &length);
  for (const char *at = output; at && at < output + length; at += strlen(at) + 1)
    array_push(arena, paths, strcmp(folder, ".") ? path_join(folder, at, arena) : at);
  return output;
}
