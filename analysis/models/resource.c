#include "resource.h"
#include <stdio.h>
#include <string.h>

enum { RECEIVER = RESOURCE_RECEIVER, PATH_LIMIT = 160 };

#define ROW(path, uses, key) {path, uses, key},
#define SESSION RESOURCE_SESSION
#define LENDS RESOURCE_LENDS
#define REMOTE RESOURCE_REMOTE
#define CAP RESOURCE_CAP
#define TEST RESOURCE_TEST
#define READ RESOURCE_READ
#define WRITE RESOURCE_WRITE
#define REMOVE RESOURCE_REMOVE
#define OPEN RESOURCE_OPEN
#define RECORD RESOURCE_RECORD
#define SAVE RESOURCE_SAVE
#define LOOP RESOURCE_LOOP
#define THREAD RESOURCE_THREAD
#define ATOMIC RESOURCE_ATOMIC
#define CURRENT RESOURCE_CURRENT
#define STORE RESOURCE_STORE
#define HANDLES RESOURCE_HANDLES
#define EMITS RESOURCE_EMITS
static const Resource PYTHON[] = {
#include "python_resources.def"
};
static const Resource JAVASCRIPT[] = {
#include "javascript_resources.def"
};
#undef ROW

uint32_t resource_rows(const Module *module, const Resource **rows) {
  bool python = module->traits.receiver_is_parameter;
  *rows = python ? PYTHON : JAVASCRIPT;
  return python ? sizeof PYTHON / sizeof *PYTHON : sizeof JAVASCRIPT / sizeof *JAVASCRIPT;
}

// A row of the project's own for the path: its own, "….*" above it, or of what the function of this name gives.
static bool own_fits(const OwnModel *own, const char *path) {
  size_t length = strlen(own->path);
  bool below = length > 2 && strcmp(own->path + length - 2, ".*") == 0;
  if (strncmp(own->path, path, below ? length - 1 : length))
    return false;
  const char *rest = path + (below ? length - 1 : length);
  return below || !*rest || (own->kind == OWN_SESSION && strcmp(rest, "()") == 0);
}

static const Resource *search_own(const Module *module, const char *path) {
  static const Resource USES[] = {
      [OWN_LOCK] = {"", CAP, RECEIVER},
      [OWN_SESSION] = {"", SESSION, RECEIVER},
      [OWN_NETWORK] = {"", REMOTE, RECEIVER},
  };
  for (uint32_t i = 0; i < module->own_count; i++)
    if (module->own[i].kind != OWN_SPAWN && module->own[i].kind != OWN_HANDLER && own_fits(&module->own[i], path))
      return &USES[module->own[i].kind];
  return NULL;
}

// The tables are in byte order of their paths (a unit test sees to it).
static const Resource *search(const Module *module, const char *path) {
  const Resource *own = search_own(module, path), *rows;
  if (own)
    return own;
  uint32_t low = 0, high = resource_rows(module, &rows);
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    int order = strcmp(path, rows[middle].path);
    if (order == 0)
      return &rows[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

const Resource *resource_find(const Module *module, const char *path) {
  const Resource *row = search(module, path);
  size_t length = strlen(path);
  char above[PATH_LIMIT];
  if (row || length + 2 >= sizeof above)
    return row;
  memcpy(above, path, length + 1);
  for (char *dot; !row && (dot = strrchr(above, '.'));) {
    strcpy(dot, ".*");
    row = search(module, above);
    *dot = 0;
  }
  return row;
}

// The row for what the three parts say together; NULL where they are too long.
static const Resource *search_joined(const Module *module, const char *start, const char *middle, const char *end) {
  char path[PATH_LIMIT], *to = path;
  const char *parts[] = {start, middle, end};
  for (int i = 0; i < 3; i++) {
    size_t length = strlen(parts[i]);
    if (length >= (size_t)(path + sizeof path - to))
      return NULL;
    memcpy(to, parts[i], length + 1);
    to += length;
  }
  return search(module, path);
}

const Resource *resource_find_method(const Module *module, const char *receiver, const char *method) {
  char word[RESOURCE_WORD], named[RESOURCE_WORD + 1] = "?";
  resource_last_word(receiver, word);
  strcat(named, word);
  const Resource *row = *word ? search_joined(module, named, ".", method) : NULL;
  if (!row)
    row = search_joined(module, "*.", method, "");
  return row || !*word ? row : search_joined(module, named, ".*", "");
}

static char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? (char)(letter + 32) : letter;
}

void resource_last_word(const char *name, char word[RESOURCE_WORD]) {
  size_t end = strlen(name);
  while (end > 0 && name[end - 1] == '_')
    end--;
  size_t start = end;
  while (start > 0 && name[start - 1] != '_' && name[start - 1] != '#') {
    start--;
    if (name[start] >= 'A' && name[start] <= 'Z' && end - start > 1)
      break;
  }
  size_t length = end - start < RESOURCE_WORD - 1 ? end - start : RESOURCE_WORD - 1;
  for (size_t i = 0; i < length; i++)
    word[i] = lower(name[start + i]);
  word[length] = 0;
}
