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
  uv_fs_event_t *folders;
  uint32_t started;
} Watcher;

static bool matters(const char *name) {
  const char *slash = name ? strrchr(name, '/') : NULL;
  name = slash ? slash + 1 : name;
  return !name || config_is_file(name) || !strcmp(name, ".gitignore") ||
         (!discover_excludes(name) && (language_of_path(name) != LANGUAGE_NONE || language_needs_text(name)));
}

static void at_rest(uv_timer_t *timer) {
  uv_stop(timer->loop);
}

static void changed(uv_fs_event_t *folder, const char *name, int events, int status) {
  Watcher *watcher = folder->data;
  (void)events;
  if (status || matters(name))
    uv_timer_start(&watcher->rest, at_rest, REST_MS, 0);
}

static bool open_watcher(Watcher *watcher, const Words *folders) {
  int problem = uv_loop_init(&watcher->loop);
  if (problem) {
    complain("cannot wait for changes: %s", uv_strerror(problem));
    return false;
  }
  uv_timer_init(&watcher->loop, &watcher->rest);
  watcher->folders = memory_alloc((folders->count + 1) * sizeof *watcher->folders);
  for (uint32_t i = 0; i < folders->count; i++) {
    uv_fs_event_t *folder = &watcher->folders[watcher->started];
    uv_fs_event_init(&watcher->loop, folder);
    folder->data = watcher;
    watcher->started++;
    problem = uv_fs_event_start(folder, changed, folders->items[i], 0);
    if (!problem || problem == UV_ENOENT)
      continue;
    complain("%s: cannot be watched: %s%s", folders->items[i], uv_strerror(problem),
             problem == UV_ENOSPC ? "; raise fs.inotify.max_user_watches" : "");
    return i > 0; // what is watched already is better than nothing
  }
  return true;
}

static void close_watcher(Watcher *watcher) {
  uv_close((uv_handle_t *)&watcher->rest, NULL);
  for (uint32_t i = 0; i < watcher->started; i++)
    uv_close((uv_handle_t *)&watcher->folders[i], NULL);
  uv_run(&watcher->loop, UV_RUN_DEFAULT);
  uv_loop_close(&watcher->loop);
  free(watcher->folders);
}

// The folders that were searched, and those that the named files lie in.
static bool list_folders(const WatchTask *task, Arena *arena, Words *folders) {
  DiscoverOptions options = task->options;
  SourceFiles files = {0};
  options.listed = folders;
  if (!discover(task->paths, options, arena, &files))
    return false;
  for (uint32_t i = 0; i < files.count; i++)
    if (files.items[i].named)
      array_push(arena, folders, path_folder(path_absolute(files.items[i].path, arena), arena));
  return true;
}

// The folders are watched before the round, so that no change is missed.
static bool watch_once(const WatchTask *task, Arena *arena) {
  Words folders = {0};
  Watcher watcher = {0};
  if (!list_folders(task, arena, &folders) || !open_watcher(&watcher, &folders))
    return false;
  task->round(task->context);
  if (!task->quiet)
    complain("watching %u folder%s for changes", folders.count, folders.count == 1 ? "" : "s");
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
