#include "scan.h"
#include "base/arena.h"
#include "cli/asynchronous.h"
#include "cli/discover.h"
#include "document.h"
#include "source.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <uv.h>

struct Scan {
  uv_work_t work;
  Loop *loop;
  ScanEvents events;
  Arena *arena;
  Configs *configs; // of files; the worker's
  Words folders;
  SourceFiles files;
  uint32_t next;     // file to be looked at
  ScannedFile found; // the one before it
  uint64_t known;    // stamp of the one that the worker looks at
  Config *settings;  // for it
  bool listed, is_under_way, stopped;
  Cancel cancel;
};

// --- On a worker ---------------------------------------------------------------------------------------------------

static uint64_t stamp_of(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0)
    return 0;
  uint64_t time = (uint64_t)status.st_mtim.tv_sec * 1000000000u + (uint64_t)status.st_mtim.tv_nsec;
  return time * 31 + (uint64_t)status.st_size + 1;
}

static void analyse_source(Scan *scan, ScannedFile *found, const Source *source) {
  Language language = language_of_file(found->path, source->bytes, source->length);
  if (!asynchronous_text(language, source->bytes, source->length))
    return;
  found->text = text_new(source->bytes, source->length);
  Syntax *syntax = syntax_parse(language, found->text, &scan->cancel);
  Config *config = configs_find(scan->configs, found->path);
  if (syntax)
    found->analysis = analyse_configured(syntax, found->path, config, scan->settings, &scan->cancel);
  config_free(config);
  syntax_free(syntax);
}

static void look_at_file(Scan *scan) {
  ScannedFile *found = &scan->found;
  *found = (ScannedFile){.path = scan->files.items[scan->next].path};
  found->stamp = stamp_of(found->path);
  found->is_new = found->stamp != scan->known;
  Source source;
  char problem[256];
  if (!found->is_new || !source_read(found->path, &source, problem, sizeof problem))
    return;
  analyse_source(scan, found, &source);
  source_done(&source);
}

// Folder by folder: one that is gone does not keep the others from being looked at.
static void list_files(Scan *scan) {
  for (uint32_t i = 0; i < scan->folders.count; i++) {
    Words folder = {&scan->folders.items[i], 1, 1};
    discover(&folder, (DiscoverOptions){.git = true}, scan->arena, &scan->files);
  }
}

static void work(uv_work_t *request) {
  Scan *scan = request->data;
  if (scan->listed)
    look_at_file(scan);
  else
    list_files(scan);
}

// --- On the loop ---------------------------------------------------------------------------------------------------

static void scan_free(Scan *scan) {
  configs_free(scan->configs);
  arena_free(scan->arena);
  free(scan);
}

static void drop_found(Scan *scan) {
  analysis_free(scan->found.analysis);
  text_unref(scan->found.text);
  config_free(scan->settings);
  scan->found = (ScannedFile){0};
  scan->settings = NULL;
}

static void after_work(uv_work_t *request, int status);

static void go_on(Scan *scan) {
  if (scan->listed && scan->next == scan->files.count) {
    ScanEvents events = scan->events;
    scan_free(scan);
    events.ended(events.context);
    return;
  }
  if (scan->listed) {
    const char *path = scan->files.items[scan->next].path;
    Config *settings = scan->events.settings(scan->events.context, path);
    scan->settings = settings ? config_ref(settings) : NULL;
    scan->known = scan->events.known(scan->events.context, path);
  }
  scan->is_under_way = true;
  uv_queue_work(scan->loop, &scan->work, work, after_work);
}

static void after_work(uv_work_t *request, int status) {
  (void)status; // never cancelled by libuv: we do not ask it to
  Scan *scan = request->data;
  bool goes_on = true;
  if (!scan->stopped && scan->listed) {
    scan->next++;
    goes_on = scan->events.scanned(scan->events.context, &scan->found, scan->next, scan->files.count);
  }
  scan->listed = true;
  drop_found(scan);
  scan->is_under_way = false;
  if (scan->stopped)
    scan_free(scan);
  else if (goes_on)
    go_on(scan);
}

Scan *scan_start(Loop *loop, const char *const *folders, uint32_t count, ScanEvents events) {
  Scan *scan = memory_alloc(sizeof *scan);
  *scan = (Scan){.loop = loop, .events = events, .arena = arena_new(), .configs = configs_new()};
  for (uint32_t i = 0; i < count; i++)
    array_push(scan->arena, &scan->folders, arena_printf(scan->arena, "%s", folders[i]));
  scan->work.data = scan;
  go_on(scan);
  return scan;
}

void scan_resume(Scan *scan) {
  if (!scan->is_under_way)
    go_on(scan);
}

// An event's handler may stop the scan that it is told of: that counts as under way.
void scan_stop(Scan *scan) {
  scan->stopped = true;
  cancel_raise(&scan->cancel);
  if (!scan->is_under_way)
    scan_free(scan);
}
