#include "file_filter.h"

#include "../config/glob.h"
#include "../config/path.h"
#include "complain.h"
#include "git.h"
#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool is_revision(const char *revision, const char *top, Arena *arena) {
  size_t length;
  const char *commit = arena_printf(arena, "%s^{commit}", revision);
  return git_run(arena, top, (const char *const[]){"rev-parse", "--verify", "--quiet", commit, NULL}, &length);
}

// What differs from where this branch left the revision, committed or not, and what git does not know yet.
static bool list_changed(const char *revision, const char *top, Arena *arena, Words *changed) {
  return git_list(arena, top,
                  (const char *const[]){"diff", "--name-only", "-z", "--diff-filter=d", "--no-ext-diff", "--merge-base",
                                        revision, "--", NULL},
                  changed) &&
         git_list(arena, top,
                  (const char *const[]){"ls-files", "-z", "--others", "--exclude-standard", "--full-name", NULL},
                  changed);
}

bool file_filter_start(FileFilter *filter, const CheckOptions *options, Arena *arena) {
  *filter = (FileFilter){.options = options};
  const char *revision = options->changed_since;
  if (!revision)
    return true;
  const char *top = git_top(arena, ".");
  if (!top)
    complain("--changed-since asks git, and this is no working copy of git");
  else if (revision[0] == '-' || !is_revision(revision, top, arena))
    complain("--changed-since: git knows no revision \"%s\" here", revision);
  else if (!list_changed(revision, top, arena, &filter->changed))
    complain("--changed-since: git cannot tell what has changed since \"%s\": is its history here?", revision);
  else {
    if (filter->changed.count)
      qsort(filter->changed.items, filter->changed.count, sizeof *filter->changed.items, compare);
    return true;
  }
  return false;
}

static bool matches(const Words *globs, const char *path, Arena *arena) {
  if (!globs->count)
    return false;
  const char *shown = path_shown(path_absolute(path, arena), arena);
  for (uint32_t i = 0; i < globs->count; i++)
    if (glob_matches(globs->items[i], shown))
      return true;
  return false;
}

static bool is_changed(const FileFilter *filter, const char *path, Arena *arena) {
  const char *absolute = path_absolute(path, arena);
  return filter->changed.count &&
         bsearch(&absolute, filter->changed.items, filter->changed.count, sizeof *filter->changed.items, compare);
}

// What was asked for by name is checked though it is excluded, unless --force-exclude: tools that pass the names of
// changed files want to be told no.
bool file_filter_takes(const FileFilter *filter, const SourceFile *file, const Config *config, Arena *arena) {
  const CheckOptions *options = filter->options;
  if (options->changed_since && !is_changed(filter, file->path, arena))
    return false;
  if (file->named && !options->force_exclude)
    return true;
  if (file->named && !options->no_default_exclude && discover_excludes(file->path))
    return false;
  if (options->include.count && !matches(&options->include, file->path, arena))
    return false;
  return !config_excludes(config, file->path) && !matches(&options->exclude, file->path, arena);
}
