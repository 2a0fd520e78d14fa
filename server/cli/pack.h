// The file that a cache is kept in: which content each source file had, and what was found in each content.
//
// It is written as a whole and put in place by renaming, so that whoever reads sees one or the other; it is mapped, not
// read, so that it costs what is looked up. A file that is damaged, or of another version, counts as empty.
#ifndef RACEWISE_CLI_PACK_H
#define RACEWISE_CLI_PACK_H

#include "cache_key.h"
#include <stdbool.h>

// When a file that has the same stamp as before is the same.
typedef struct FileStamp {
  int64_t device, inode, size, modified, changed; // times in nanoseconds
} FileStamp;

// A source file as some run saw it.
typedef struct PackFile {
  CacheKey key; // of its path and of what was asked
  FileStamp stamp;
  CacheKey content; // and of what was asked
  uint32_t day;     // of the last use, since 1970
  uint32_t unused;
} PackFile;

// What was found in a content.
typedef struct PackResult {
  CacheKey key;
  uint64_t offset; // in the bytes
  uint32_t length, day;
} PackResult;

// The tables are in order of their keys.
typedef struct PackTables {
  const PackFile *files;
  const PackResult *results;
  const unsigned char *bytes;
  uint32_t file_count, result_count;
  uint64_t size; // of the bytes
} PackTables;

typedef struct Pack {
  PackTables tables; // all zero when there is nothing
  void *mapping;
  size_t mapped;
} Pack;

// The pack at `path`; an empty one when there is none, or none that can be used.
Pack pack_open(const char *path);
void pack_close(Pack *pack);

const PackFile *pack_file(const Pack *pack, CacheKey key);     // NULL when it is not there
const PackResult *pack_result(const Pack *pack, CacheKey key); // likewise

// Writes a pack of what `old` and `new` hold; `new` wins, and what was not used since `oldest` is dropped. False with
// errno when that failed; the file is as it was then. `scratch` is written first.
bool pack_write(const char *path, const char *scratch, const PackTables *old, const PackTables *new, uint32_t oldest);

#endif
