#include "model.h"
#include <stdlib.h>
#include <string.h>

enum { NO_KEY = -1, ANY = -1 };

#define ROW(path, kind, effects, key, arguments) {path, MODEL_##kind, effects, key, arguments},
#define READ EFFECT_READ
#define ADD EFFECT_ADD
#define REMOVE EFFECT_REMOVE
#define CLEAR EFFECT_CLEAR
#define SET EFFECT_SET
#define VIEW EFFECT_VIEW
#define COPY EFFECT_COPY
#define ELEMENT EFFECT_ELEMENT
#define AWAITABLE EFFECT_AWAITABLE
#define TASK EFFECT_TASK
#define CHAIN EFFECT_CHAIN
#define DROPS EFFECT_DROPS
#define TESTS EFFECT_TESTS
#define FOLDS EFFECT_FOLDS
#define ALIKE EFFECT_ALIKE
#define CLEANS EFFECT_CLEANS
#define EXECUTES EFFECT_EXECUTES
#define SAFE EFFECT_SAFE
#define LENIENT EFFECT_LENIENT
#define FIRST EFFECT_FIRST
#define CUTS EFFECT_CUTS
#define IN_TURN EFFECT_IN_TURN
static const Model PYTHON[] = {
#include "python.def"
};
static const Model JAVASCRIPT[] = {
#include "javascript.def"
};
#undef ROW

struct Models {
  Arena *arena;
  const Symbols *symbols;
  const Model *rows;
  uint32_t row_count;
  ARRAY(Model) own;          // the project's rows; as many as fit
  ARRAY(uint16_t) by_path;   // by symbol: 0 not looked up, 1 none, row + 2
  ARRAY(uint16_t) by_method; // the same for "*.name"
};

enum { OWN_LIMIT = 4096 };

// The rows that the project has for what this table tells.
static void add_own(Models *models, const Module *module) {
  static const ModelKind KINDS[] = {
      [OWN_LOCK] = MODEL_LOCK,    [OWN_SPAWN] = MODEL_SPAWN_FUNCTION, [OWN_HANDLER] = MODEL_HANDLER,
      [OWN_SESSION] = MODEL_NONE, [OWN_NETWORK] = MODEL_NONE,
  };
  for (uint32_t i = 0; i < module->own_count && models->own.count < OWN_LIMIT; i++) {
    ModelKind kind = KINDS[module->own[i].kind];
    if (kind != MODEL_NONE)
      array_push(models->arena, &models->own, ((Model){module->own[i].path, (uint8_t)kind, 0, NO_KEY, ANY}));
  }
}

Models *models_new(Arena *arena, const Module *module) {
  Models *models = ARENA_NEW(arena, Models);
  bool python = module->traits.receiver_is_parameter;
  models->arena = arena;
  models->symbols = module->symbols;
  models->rows = python ? PYTHON : JAVASCRIPT;
  models->row_count = python ? sizeof PYTHON / sizeof *PYTHON : sizeof JAVASCRIPT / sizeof *JAVASCRIPT;
  add_own(models, module);
  return models;
}

// The tables are in order of path (a unit test sees to it), a method's "*.name" by name behind the star.
static const Model *search(const Models *models, const char *prefix, const char *name) {
  size_t prefix_length = strlen(prefix);
  uint32_t low = 0, high = models->row_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    const char *path = models->rows[middle].path;
    int order = strncmp(prefix, path, prefix_length);
    if (order == 0)
      order = strcmp(name, path + prefix_length);
    if (order == 0)
      return &models->rows[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

static const Model *search_own(const Models *models, const char *prefix, const char *name) {
  size_t length = strlen(prefix);
  for (uint32_t i = 0; i < models->own.count; i++) {
    const char *path = models->own.items[i].path;
    if (strncmp(path, prefix, length) == 0 && strcmp(path + length, name) == 0)
      return &models->own.items[i];
  }
  return NULL;
}

static const Model *row_at(const Models *models, uint32_t index) {
  return index < models->row_count ? &models->rows[index] : &models->own.items[index - models->row_count];
}

static uint16_t find_row(const Models *models, const char *prefix, const char *name) {
  const Model *own = search_own(models, prefix, name);
  if (own)
    return (uint16_t)(models->row_count + (uint32_t)(own - models->own.items) + 2);
  const Model *row = search(models, prefix, name);
  return row ? (uint16_t)(row - models->rows + 2) : 1;
}

static const Model *remembered(Models *models, uint16_t *slot, const char *prefix, Symbol name) {
  if (*slot == 0)
    *slot = find_row(models, prefix, symbol_text(models->symbols, name));
  return *slot >= 2 ? row_at(models, *slot - 2u) : NULL;
}

const Model *models_find(Models *models, Symbol path) {
  while (models->by_path.count <= path)
    (void)array_add(models->arena, &models->by_path);
  return remembered(models, &models->by_path.items[path], "", path);
}

const Model *models_find_method(Models *models, Symbol name) {
  while (models->by_method.count <= name)
    (void)array_add(models->arena, &models->by_method);
  return remembered(models, &models->by_method.items[name], "*.", name);
}

uint32_t models_rows(const Module *module, const Model **rows) {
  bool python = module->traits.receiver_is_parameter;
  *rows = python ? PYTHON : JAVASCRIPT;
  return python ? sizeof PYTHON / sizeof *PYTHON : sizeof JAVASCRIPT / sizeof *JAVASCRIPT;
}

// --- customs of naming

static const char *const SEQUENTIAL_METHODS[] = {
    "__aenter__",  "__aexit__",  "__anext__",     "next",    "read",     "read_chunk", "readline",
    "readexactly", "readuntil",  "recv",          "receive", "fetchone", "fetchmany",  "fetchall",
    "fetchrow",    "asyncSetUp", "asyncTearDown", "setUp",   "tearDown",
};
static const char *const SEQUENTIAL_CLASSES[] = {
    "Request",
    "Response",
    "Cursor",
    "Iterator",
    "Reader",
    "Transaction",
    "RequestHandler",
    "TestCase",
    "Interaction",
    "Lock",
    "Semaphore",
    "Mutex",
    "Parser",
    "Pipeline",
    "ByteStream",
    "ReceiveStream",
    "SendStream",
    "TransactionWrapper",
    "TransactionContext",
    "StreamingBody",
};

static const char *const STARTING_METHODS[] = {
    "__aenter__", "__enter__", "__init__", "_start", "asyncSetUp", "initialize", "launch", "setup", "start", "startup",
};
static const char *const TIME_LIMITS[] = {"timeout", "timeout_at", "async_timeout", "fail_after", "move_on_after"};

static bool is_among(const char *name, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(name, names[i]) == 0)
      return true;
  return false;
}

bool model_method_starts(const char *name) {
  if (strncmp(name, "_start_", 7) == 0)
    return true;
  return is_among(name, STARTING_METHODS, sizeof STARTING_METHODS / sizeof *STARTING_METHODS);
}

bool model_method_puts(const char *name) {
  return strcmp(name, "put") == 0 || strcmp(name, "put_nowait") == 0;
}

bool model_name_is_time_limit(const char *name) {
  return is_among(name, TIME_LIMITS, sizeof TIME_LIMITS / sizeof *TIME_LIMITS);
}

bool model_field_is_content(const char *name) {
  return strcmp(name, "length") == 0 || strcmp(name, "size") == 0;
}

bool model_method_is_sequential(const char *name) {
  for (size_t i = 0; i < sizeof SEQUENTIAL_METHODS / sizeof *SEQUENTIAL_METHODS; i++)
    if (strcmp(name, SEQUENTIAL_METHODS[i]) == 0)
      return true;
  return strncmp(name, "test_", 5) == 0 || strncmp(name, "receive_", 8) == 0 || strncmp(name, "recv_", 5) == 0;
}

bool model_class_is_sequential(const char *name) {
  size_t length = strlen(name);
  for (size_t i = 0; i < sizeof SEQUENTIAL_CLASSES / sizeof *SEQUENTIAL_CLASSES; i++) {
    size_t ending = strlen(SEQUENTIAL_CLASSES[i]);
    if (length >= ending && strcmp(name + length - ending, SEQUENTIAL_CLASSES[i]) == 0)
      return true;
  }
  return false;
}

bool model_decorator_is_record(const char *name) {
  return strcmp(name, "Entity") == 0 || strcmp(name, "Table") == 0 || strcmp(name, "ChildEntity") == 0;
}

static const char *const LOCK_NAMES[] = {"lock", "mutex", "mutexes", "locks"};

// The last word of a name in snake_case or camelCase, lower case, into `word`.
static void last_word(const char *name, char word[16]) {
  size_t end = strlen(name), start = end;
  while (start > 0 && name[start - 1] != '_' && name[start - 1] != '#') {
    start--;
    bool capital = name[start] >= 'A' && name[start] <= 'Z';
    bool after_small = start > 0 && name[start - 1] >= 'a' && name[start - 1] <= 'z';
    if (capital && after_small)
      break;
  }
  size_t length = end - start < 15 ? end - start : 15;
  for (size_t i = 0; i < length; i++)
    word[i] = name[start + i] >= 'A' && name[start + i] <= 'Z' ? (char)(name[start + i] + 32) : name[start + i];
  word[length] = 0;
}

bool model_name_is_lock(const char *name) {
  char word[16];
  last_word(name, word);
  for (size_t i = 0; i < sizeof LOCK_NAMES / sizeof *LOCK_NAMES; i++)
    if (strcmp(word, LOCK_NAMES[i]) == 0)
      return true;
  return false;
}

// What every request of a web framework, or every command of a bot, finds at the same name of what it is passed.
static const char *const SHARED_PROPERTIES[][2] = {
    {"request", "app"},
    {"req", "app"},
    {"ctx", "app"},
    {"ctx", "bot"},
};

bool model_property_is_shared(const char *parameter, const char *property) {
  for (size_t i = 0; i < sizeof SHARED_PROPERTIES / sizeof *SHARED_PROPERTIES; i++)
    if (strcmp(SHARED_PROPERTIES[i][0], parameter) == 0 && strcmp(SHARED_PROPERTIES[i][1], property) == 0)
      return true;
  return false;
}

bool model_name_is_loop(const char *name) {
  char word[16];
  last_word(name, word);
  return strcmp(word, "loop") == 0 && !strstr(name, "io_loop"); // Tornado's
}

bool model_type_is_synchroniser(const char *path) {
  static const char *const NAMES[] = {
      "Lock",  "RLock",     "Mutex",   "Semaphore", "BoundedSemaphore", "CapacityLimiter",
      "Event", "Condition", "Barrier", "Queue",     "PriorityQueue",    "LifoQueue"};
  const char *dot = strrchr(path, '.');
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (strcmp(dot ? dot + 1 : path, NAMES[i]) == 0)
      return true;
  return false;
}
