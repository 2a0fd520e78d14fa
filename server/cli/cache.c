#include "cache.h"

#include "../../analysis/base/array.h"
#include "cache_folder.h"
#include "complain.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SAVE_EVERY_S = 2, COARSE_NS = 2000000000, DAYS_KEPT = 30, REFRESH_DAYS = 7, NO_SIZE = -1, LOCK_TRIES = 200 };

struct Cache {
  Arena *arena;
  const char *folder, *path, *lock, *scratch;
  Pack pack; // as it was when the run began
  uint32_t today;
  time_t saved;
  bool failed;           // that has been told
  pthread_mutex_t mutex; // of what follows: what is new since it was saved
  Arena *fresh;
  ARRAY(PackFile) files;
  ARRAY(PackResult) results;
  ARRAY(unsigned char) bytes;
};

static time_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec;
}

Cache *cache_open(const char *given) {
  Arena *arena = arena_new();
  const char *folder = cache_folder(given, arena);
  if (!folder) {
    arena_free(arena);
    return NULL;
  }
  Cache *cache = memory_alloc(sizeof *cache);
  cache->arena = arena;
  cache->folder = folder;
  cache->path = cache_folder_pack(folder, arena);
  cache->lock = arena_printf(arena, "%s.lock", cache->path);
  cache->scratch = arena_printf(arena, "%s.new", cache->path);
  cache->pack = pack_open(cache->path);
  cache->today = (uint32_t)(time(NULL) / (24 * 60 * 60));
  cache->saved = now();
  cache->fresh = arena_new();
  pthread_mutex_init(&cache->mutex, NULL);
  return cache;
}

// --- Looking up

static int64_t nanoseconds(struct timespec time) {
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

bool cache_stamp(const char *path, FileStamp *stamp) {
  struct stat status;
  if (stat(path, &status) || !S_ISREG(status.st_mode))
    return false;
  *stamp = (FileStamp){(int64_t)status.st_dev, (int64_t)status.st_ino, status.st_size, nanoseconds(status.st_mtim),
                       nanoseconds(status.st_ctim)};
  return true;
}

bool cache_content(const Cache *cache, const CacheFile *file, CacheKey *content) {
  const PackFile *known = pack_file(&cache->pack, file->key);
  if (!known || memcmp(&known->stamp, &file->stamp, sizeof known->stamp) != 0 ||
      cache->today - known->day > REFRESH_DAYS)
    return false;
  *content = known->content;
  return true;
}

const unsigned char *cache_find(const Cache *cache, CacheKey content, uint32_t *length) {
  const PackResult *result = pack_result(&cache->pack, content);
  if (!result)
    return NULL;
  *length = result->length;
  return cache->pack.tables.bytes + result->offset;
}

// --- Remembering

// A file that was changed a moment ago may change again without a sign.
static FileStamp trusted(FileStamp stamp) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  int64_t latest = stamp.modified > stamp.changed ? stamp.modified : stamp.changed;
  if (nanoseconds(time) - latest < COARSE_NS)
    stamp.size = NO_SIZE;
  return stamp;
}

static void add_bytes(Cache *cache, const void *bytes, uint32_t length) {
  while (cache->bytes.capacity - cache->bytes.count < length)
    cache->bytes.items =
        array_grow(cache->fresh, cache->bytes.items, &cache->bytes.capacity, sizeof *cache->bytes.items);
  memcpy(cache->bytes.items + cache->bytes.count, bytes, length);
  cache->bytes.count += length;
}

static bool is_no_news(const Cache *cache, const PackFile *seen) {
  const PackFile *known = pack_file(&cache->pack, seen->key);
  return known && seen->stamp.size == NO_SIZE && !cache_key_compare(&known->content, &seen->content) &&
         known->day == seen->day;
}

void cache_put(Cache *cache, const CacheFile *file, CacheKey content, const void *bytes, uint32_t length) {
  PackFile known = {file->key, trusted(file->stamp), content, cache->today, 0};
  if (is_no_news(cache, &known))
    return;
  pthread_mutex_lock(&cache->mutex);
  if (length <= UINT32_MAX / 4 - cache->bytes.count) {
    PackResult result = {content, cache->bytes.count, length, cache->today};
    add_bytes(cache, bytes, length);
    array_push(cache->fresh, &cache->files, known);
    array_push(cache->fresh, &cache->results, result);
  }
  pthread_mutex_unlock(&cache->mutex);
}

// --- Saving

static int compare(const void *left, const void *right) {
  return cache_key_compare(left, right);
}

// Files of the same content bring the same result.
static uint32_t unique_results(PackResult *results, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (!kept || cache_key_compare(&results[kept - 1].key, &results[i].key))
      results[kept++] = results[i];
  return kept;
}

static PackTables fresh_tables(Cache *cache) {
  qsort(cache->files.items, cache->files.count, sizeof *cache->files.items, compare);
  qsort(cache->results.items, cache->results.count, sizeof *cache->results.items, compare);
  return (PackTables){
      .files = cache->files.items,
      .results = cache->results.items,
      .bytes = cache->bytes.items,
      .file_count = cache->files.count,
      .result_count = unique_results(cache->results.items, cache->results.count),
      .size = cache->bytes.count,
  };
}

// Others may have saved since this run began: theirs is kept.
static bool merge(Cache *cache) {
  PackTables fresh = fresh_tables(cache);
  Pack current = pack_open(cache->path);
  bool is_first = !current.mapping;
  bool written = pack_write(cache->path, cache->scratch, &current.tables, &fresh, cache->today - DAYS_KEPT);
  int error = errno;
  unsigned long long bytes;
  pack_close(&current);
  if (written && is_first)
    cache_folder_clean(cache->folder, DAYS_KEPT, &bytes);
  errno = error;
  return written;
}

// A run that holds the lock for longer than its writing can take is stopped in a debugger: this one's news are dropped.
static bool take_lock(int lock) {
  const struct timespec pause = {.tv_nsec = 10000000};
  for (int i = 0; i < LOCK_TRIES; i++) {
    if (!flock(lock, LOCK_EX | LOCK_NB))
      return true;
    nanosleep(&pause, NULL);
  }
  return false;
}

// One run writes at a time; the lock goes with the process.
static bool merge_locked(Cache *cache) {
  int lock = open(cache->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (lock < 0)
    return false;
  bool locked = take_lock(lock);
  bool written = !locked || merge(cache);
  int error = errno;
  close(lock);
  errno = error;
  return written;
}

static void forget_fresh(Cache *cache) {
  arena_free(cache->fresh);
  cache->fresh = arena_new();
  memset(&cache->files, 0, sizeof cache->files);
  memset(&cache->results, 0, sizeof cache->results);
  memset(&cache->bytes, 0, sizeof cache->bytes);
}

static void save(Cache *cache) {
  pthread_mutex_lock(&cache->mutex);
  if (cache->files.count && !cache->failed &&
      !(cache_folder_make(cache->folder, cache->arena) && merge_locked(cache))) {
    cache->failed = true;
    complain("the cache in %s cannot be written: %s; --no-cache does without it", cache->folder, strerror(errno));
  }
  forget_fresh(cache);
  cache->saved = now();
  pthread_mutex_unlock(&cache->mutex);
}

void cache_step(Cache *cache) {
  if (cache && now() - cache->saved >= SAVE_EVERY_S)
    save(cache);
}

void cache_close(Cache *cache) {
  if (!cache)
    return;
  save(cache);
  pack_close(&cache->pack);
  pthread_mutex_destroy(&cache->mutex);
  arena_free(cache->fresh);
  arena_free(cache->arena);
  free(cache);
}
