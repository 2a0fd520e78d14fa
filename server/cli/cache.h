// What earlier runs found, so that what has not changed is not analysed again.
//
// Results are known by content and by what was asked of it (the options of the analysis); besides, a file whose stamp
// (time, size, inode) is that of an earlier run is taken to have the content that it had then, and is not even read.
// Times are trusted only once they are older than the file system's clock is coarse.
//
// Any number of runs may use a cache at the same time; a run that is killed loses at most what it found in the last two
// seconds. What is damaged or of another program counts as not there.
#ifndef RACEWISE_CLI_CACHE_H
#define RACEWISE_CLI_CACHE_H

#include "pack.h"

typedef struct Cache Cache;

// The cache for runs in the working folder; `folder` is where it is kept, NULL for the usual place. NULL when there is
// no such place.
Cache *cache_open(const char *folder);

// Saves what is new, and frees. NULL is allowed.
void cache_close(Cache *cache);

// Saves what is new if that was not done for a while. On the thread that opened the cache, like opening and closing;
// the rest is for any thread. A failure is told on stderr, once, and is no failure of the run.
void cache_step(Cache *cache);

// A regular file's stamp; false when it has none.
bool cache_stamp(const char *path, FileStamp *stamp);

typedef struct CacheFile {
  CacheKey key;    // of the path and of what is asked
  FileStamp stamp; // taken before the file was read
} CacheFile;

// The key of the content that a file with this stamp has. False when that is not known.
bool cache_content(const Cache *cache, const CacheFile *file, CacheKey *content);

// What is known of a content. Valid until the cache is closed; NULL when nothing is.
const unsigned char *cache_find(const Cache *cache, CacheKey content, uint32_t *length);

// Remembers what was found in a file.
void cache_put(Cache *cache, const CacheFile *file, CacheKey content, const void *bytes, uint32_t length);

#endif
