#include "watch.h"

#include "../../analysis/syntax/syntax.h"
#include "../config/config.h"
#include "../config/path.h"
#include "complain.h"
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { REST_MS = 100 };

typedef struct Watcher {
  uv_loop_t loop;
  uv_timer_t rest;
  uv_fs_event_t *folders; // those that are searched, then those that only hold what steers the search
  uint32_t started, searched;
  const char *config; // as in WatchTask
} Watcher;

typedef struct Folders {
  Words searched, steering;
} Folders;

static const char *last_part(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

// Whether a file of this name tells which files are checked, and how.
static bool steers(const Watcher *watcher, const char *name) {
  return config_is_file(name) || !strcmp(name, ".gitignore") ||
         (watcher->config && !strcmp(name, last_part(watcher->config)));
}

static bool is_source(const char *name) {
  return !discover_excludes(name) && (language_of_path(name) != LANGUAGE_NONE || language_needs_text(name));
}

// libuv does not always know the name.
static bool matters(const Watcher *watcher, const uv_fs_event_t *folder, const char *name) {
  name = name ? last_part(name) : NULL;
  bool searched = folder < watcher->folders + watcher->searched;
  return !name || steers(watcher, name) || (searched && is_source(name));
}

static void at_rest(uv_timer_t *timer) {
  uv_stop(timer->loop);
}

static void changed(uv_fs_event_t *folder, const char *name, int events, int status) {
  Watcher *watcher = folder->data;
  (void)events;
  if (status || matters(watcher, folder, name))
    uv_timer_start(&watcher->rest, at_rest, REST_MS, 0);
}

static int start_folder(Watcher *watcher, const char *path) {
  uv_fs_event_t *folder = &watcher->folders[watcher->started++];
  uv_fs_event_init(&watcher->loop, folder);
  folder->data = watcher;
  return uv_fs_event_start(folder, changed, path, 0);
}

// What is watched already is better than nothing.
static bool start_folders(Watcher *watcher, const Folders *folders) {
  for (uint32_t i = 0; i < folders->searched.count; i++) {
    const char *path = folders->searched.items[i];
    int problem = start_folder(watcher, path);
    watcher->searched = watcher->started;
    if (!problem || problem == UV_ENOENT)
      continue;
    complain("%s: cannot be watched: %s%s", path, uv_strerror(problem),
             problem == UV_ENOSPC ? "; raise fs.inotify.max_user_watches" : "");
    return i > 0;
  }
  for (uint32_t i = 0; i < folders->steering.count; i++)
    start_folder(watcher, folders->steering.items[i]);
  return true;
}

static bool open_watcher(Watcher *watcher, const Folders *folders) {
  int problem = uv_loop_init(&watcher->loop);
  if (problem) {
    complain("cannot wait for changes: %s", uv_strerror(problem));
    return false;
  }
  uv_timer_init(&watcher->loop, &watcher->rest);
  watcher->folders = memory_alloc((folders->searched.count + folders->steering.count + 1) * sizeof *watcher->folders);
  return start_folders(watcher, folders);
}

static void close_watcher(Watcher *watcher) {
  uv_close((uv_handle_t *)&watcher->rest, NULL);
  for (uint32_t i = 0; i < watcher->started; i++)
    uv_close((uv_handle_t *)&watcher->folders[i], NULL);
  uv_run(&watcher->loop, UV_RUN_DEFAULT);
  uv_loop_close(&watcher->loop);
  free(watcher->folders);
}

static bool holds(const Words *words, const char *word) {
  for (uint32_t i = 0; i < words->count; i++)
    if (!strcmp(words->items[i], word))
      return true;
  return false;
}

// Adds the folders above a path, up to the first that is known: those above it are known too.
static void list_above(const char *path, Arena *arena, Words *folders) {
  const char *folder = path_absolute(path, arena);
  while (folder[1]) {
    folder = path_folder(folder, arena);
    if (holds(folders, folder))
      return;
    array_push(arena, folders, folder);
  }
}

// The folders that were searched, those that the named files lie in, and where configurations are looked for.
static bool list_folders(const WatchTask *task, Arena *arena, Folders *folders) {
  DiscoverOptions options = task->options;
  SourceFiles files = {0};
  options.listed = &folders->searched;
  if (!discover(task->paths, options, arena, &files))
    return false;
  for (uint32_t i = 0; i < files.count; i++)
    if (files.items[i].named)
      array_push(arena, &folders->searched, path_folder(path_absolute(files.items[i].path, arena), arena));
  for (uint32_t i = 0; i < task->paths->count; i++)
    list_above(task->paths->items[i], arena, &folders->steering);
  if (task->config)
    array_push(arena, &folders->steering, path_folder(path_absolute(task->config, arena), arena));
  return true;
}

// The folders are watched before the round, so that no change is missed.
static bool watch_once(const WatchTask *task, Arena *arena) {
  Folders folders = {0};
  Watcher watcher = {.config = task->config};
  if (!list_folders(task, arena, &folders) || !open_watcher(&watcher, &folders))
    return false;
  task->round(task->context);
  if (!task->quiet)
    complain("watching %u folder%s for changes", folders.searched.count, folders.searched.count == 1 ? "" : "s");
  uv_run(&watcher.loop, UV_RUN_DEFAULT);
  close_watcher(&watcher);
  return true;
}

int watch(const WatchTask *task) {
  bool watching = true;
  while (watching) {
    Arena *arena = arena_new();
    watching = watch_once(task, arena);
    arena_free(arena);
  }
  return 2;
}
