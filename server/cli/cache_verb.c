// `racewise cache`: where earlier findings are kept, and how to be rid of them.
#include "cli.h"

#include "cache_folder.h"
#include "complain.h"
#include "options.h"
#include <errno.h>
#include <string.h>

typedef struct CacheOptions {
  bool help;
  const char *folder;
  Words operands;
} CacheOptions;

static const Option OPTIONS[] = {
    {"cache-dir", 0, OPTION_TEXT, offsetof(CacheOptions, folder), "FOLDER", NULL, "where the cache is kept"},
    {"help", 'h', OPTION_FLAG, offsetof(CacheOptions, help), NULL, NULL, "this text"},
};

enum { CLEAN };

static const char *action_name(int index) {
  static const char *const NAMES[] = {[CLEAN] = "clean", "path"};
  return index < 2 ? NAMES[index] : NULL;
}

const OptionTable CACHE_TABLE = {
    .verb = "cache",
    .operands = "clean|path",
    .summary = "Empty the cache of `racewise check`, or print where it is.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
    .word = action_name,
    .notes = "It is $RACEWISE_CACHE_DIR, or else racewise in $XDG_CACHE_HOME or ~/.cache.\n",
};

static int clean(const char *folder) {
  unsigned long long bytes;
  if (cache_folder_clean(folder, 0, &bytes)) {
    printf("Removed %llu KiB from %s.\n", (bytes + 1023) / 1024, folder);
    return 0;
  }
  complain("%s: cannot be emptied: %s", folder, strerror(errno));
  return 2;
}

static int run(const CacheOptions *options, Arena *arena) {
  const char *folder = cache_folder(options->folder, arena);
  int what;
  if (!options_word(&CACHE_TABLE, &options->operands, &what))
    return 2;
  if (!folder) {
    complain("there is no place for a cache: set HOME, XDG_CACHE_HOME or RACEWISE_CACHE_DIR");
    return 2;
  }
  return what == CLEAN ? clean(folder) : puts(folder) < 0 ? 2 : 0;
}

int cache_main(int argc, char **argv) {
  Arena *arena = arena_new();
  CacheOptions options = {0};
  int status = 2;
  if (options_parse(&CACHE_TABLE, arena, argc, argv, &options, &options.operands)) {
    if (options.help)
      options_help(&CACHE_TABLE, stdout);
    status = options.help ? 0 : run(&options, arena);
  }
  arena_free(arena);
  return status;
}
