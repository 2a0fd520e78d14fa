#include "glob.h"

#include <fnmatch.h>
#include <string.h>

enum { LONGEST_PART = 256 };

static size_t part_length(const char *path) {
  return strcspn(path, "/");
}

static const char *next_part(const char *path) {
  path += part_length(path);
  return path + strspn(path, "/");
}

static bool copy_part(const char *path, char part[LONGEST_PART]) {
  size_t length = part_length(path);
  if (length >= LONGEST_PART)
    return false;
  memcpy(part, path, length);
  part[length] = 0;
  return true;
}

static bool part_matches(const char *pattern, const char *path) {
  char wanted[LONGEST_PART], part[LONGEST_PART];
  return copy_part(pattern, wanted) && copy_part(path, part) && !fnmatch(wanted, part, 0);
}

static bool is_any_folders(const char *pattern) {
  return part_length(pattern) == 2 && !strncmp(pattern, "**", 2);
}

// As one matches "*" among letters: the last "**" takes one more part whenever what follows does not fit.
static bool parts_match(const char *pattern, const char *path) {
  const char *behind = NULL, *taken = path;
  while (*pattern) {
    if (is_any_folders(pattern)) {
      pattern = behind = next_part(pattern);
      taken = path;
    } else if (*path && part_matches(pattern, path)) {
      pattern = next_part(pattern);
      path = next_part(path);
    } else if (behind && *taken) {
      path = taken = next_part(taken);
      pattern = behind;
    } else {
      return false;
    }
  }
  return true;
}

bool glob_matches(const char *pattern, const char *path) {
  while (!strncmp(pattern, "./", 2))
    pattern += 2;
  bool anywhere = !*next_part(pattern) && pattern[0] != '/';
  for (const char *part = path; anywhere && *part; part = next_part(part))
    if (part_matches(pattern, part))
      return true;
  return !anywhere && parts_match(pattern + strspn(pattern, "/"), path);
}
