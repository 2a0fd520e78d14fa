#include "pack.h"

#include "../../analysis/base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// The layout of the file: this head, the files, the results, the bytes. Numbers are this machine's.
typedef struct Head {
  char magic[8];
  uint32_t file_count, result_count;
  uint64_t size;
  CacheKey sum; // of all that follows, and of the counts
} Head;

static const char MAGIC[8] = "RWPACK1";

static CacheKey sum_of(const Head *head, const PackTables *tables) {
  CacheKey sum = cache_key((CacheKey){0}, &head->file_count, sizeof head->file_count + sizeof head->result_count);
  sum = cache_key(sum, tables->files, tables->file_count * sizeof *tables->files);
  sum = cache_key(sum, tables->results, tables->result_count * sizeof *tables->results);
  return cache_key(sum, tables->bytes, tables->size);
}

static bool results_fit(const PackTables *tables) {
  for (uint32_t i = 0; i < tables->result_count; i++)
    if (tables->results[i].offset > tables->size ||
        tables->results[i].length > tables->size - tables->results[i].offset)
      return false;
  return true;
}

// Where the tables are in the mapping; false when it is no whole pack.
static bool find_tables(const unsigned char *at, size_t size, PackTables *tables) {
  const Head *head = (const Head *)at;
  if (size < sizeof *head || memcmp(head->magic, MAGIC, sizeof MAGIC) != 0)
    return false;
  size_t files = head->file_count * sizeof(PackFile), results = head->result_count * sizeof(PackResult);
  if (head->size > size || size != sizeof *head + files + results + head->size)
    return false;
  at += sizeof *head;
  *tables = (PackTables){
      .files = (const PackFile *)at,
      .results = (const PackResult *)(at + files),
      .bytes = at + files + results,
      .file_count = head->file_count,
      .result_count = head->result_count,
      .size = head->size,
  };
  CacheKey sum = sum_of(head, tables);
  return !cache_key_compare(&sum, &head->sum) && results_fit(tables);
}

static void *map(const char *path, size_t *size) {
  struct stat status;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0)
    return NULL;
  void *mapping = MAP_FAILED;
  if (!fstat(file, &status) && S_ISREG(status.st_mode) && status.st_size > 0) {
    *size = (size_t)status.st_size;
    mapping = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, file, 0);
  }
  close(file);
  return mapping == MAP_FAILED ? NULL : mapping;
}

Pack pack_open(const char *path) {
  Pack pack = {0};
  pack.mapping = map(path, &pack.mapped);
  if (pack.mapping && !find_tables(pack.mapping, pack.mapped, &pack.tables))
    pack_close(&pack);
  return pack;
}

void pack_close(Pack *pack) {
  if (pack->mapping)
    munmap(pack->mapping, pack->mapped);
  *pack = (Pack){0};
}

// Entries of both tables begin with their key.
static int compare(const void *left, const void *right) {
  return cache_key_compare(left, right);
}

const PackFile *pack_file(const Pack *pack, CacheKey key) {
  const PackTables *tables = &pack->tables;
  return tables->file_count ? bsearch(&key, tables->files, tables->file_count, sizeof *tables->files, compare) : NULL;
}

const PackResult *pack_result(const Pack *pack, CacheKey key) {
  const PackTables *tables = &pack->tables;
  return tables->result_count ? bsearch(&key, tables->results, tables->result_count, sizeof *tables->results, compare)
                              : NULL;
}

// --- Merging

typedef struct Merge {
  const PackTables *old, *new;
  uint32_t oldest;
  PackFile *files;
  PackResult *results;
  const unsigned char **from; // by result: where its bytes are
  PackTables merged;
} Merge;

// Which of two sorted tables comes next: below 0 the old one, else the new one, which hides an equal old one.
static int next_of(const CacheKey *old, const CacheKey *new) {
  return !old ? 1 : !new ? -1 : cache_key_compare(old, new);
}

static void merge_files(Merge *merge) {
  const PackFile *old = merge->old->files, *old_end = old + merge->old->file_count;
  const PackFile *new = merge->new->files, *new_end = new + merge->new->file_count;
  uint32_t count = 0;
  while (old < old_end || new < new_end) {
    int order = next_of(old < old_end ? &old->key : NULL, new < new_end ? &new->key : NULL);
    const PackFile *taken = order < 0 ? old : new;
    old += order <= 0;
    new += order >= 0;
    if (taken->day >= merge->oldest)
      merge->files[count++] = *taken;
  }
  merge->merged.files = merge->files;
  merge->merged.file_count = count;
}

static void take_result(Merge *merge, const PackTables *tables, const PackResult *result) {
  if (result->day < merge->oldest)
    return;
  uint32_t at = merge->merged.result_count++;
  merge->from[at] = tables->bytes + result->offset;
  merge->results[at] = *result;
  merge->results[at].offset = merge->merged.size;
  merge->merged.size += result->length;
}

static void merge_results(Merge *merge) {
  const PackResult *old = merge->old->results, *old_end = old + merge->old->result_count;
  const PackResult *new = merge->new->results, *new_end = new + merge->new->result_count;
  while (old < old_end || new < new_end) {
    int order = next_of(old < old_end ? &old->key : NULL, new < new_end ? &new->key : NULL);
    take_result(merge, order < 0 ? merge->old : merge->new, order < 0 ? old : new);
    old += order <= 0;
    new += order >= 0;
  }
  merge->merged.results = merge->results;
}

static unsigned char *gather(const Merge *merge) {
  unsigned char *bytes = memory_alloc(merge->merged.size), *to = bytes;
  for (uint32_t i = 0; i < merge->merged.result_count; i++) {
    memcpy(to, merge->from[i], merge->results[i].length);
    to += merge->results[i].length;
  }
  return bytes;
}

static bool write_tables(const char *scratch, const PackTables *tables) {
  Head head = {.file_count = tables->file_count, .result_count = tables->result_count, .size = tables->size};
  memcpy(head.magic, MAGIC, sizeof MAGIC);
  head.sum = sum_of(&head, tables);
  FILE *out = fopen(scratch, "wb");
  if (!out)
    return false;
  fwrite(&head, sizeof head, 1, out);
  fwrite(tables->files, sizeof *tables->files, tables->file_count, out);
  fwrite(tables->results, sizeof *tables->results, tables->result_count, out);
  fwrite(tables->bytes, 1, tables->size, out);
  bool written = !fflush(out) && !ferror(out);
  int error = errno;
  written = !fclose(out) && written;
  errno = written ? 0 : error;
  return written;
}

bool pack_write(const char *path, const char *scratch, const PackTables *old, const PackTables *new, uint32_t oldest) {
  Merge merge = {.old = old, .new = new, .oldest = oldest};
  merge.files = memory_alloc(((size_t)old->file_count + new->file_count) * sizeof *merge.files);
  merge.results = memory_alloc(((size_t)old->result_count + new->result_count) * sizeof *merge.results);
  merge.from = memory_alloc(((size_t)old->result_count + new->result_count) * sizeof *merge.from);
  merge_files(&merge);
  merge_results(&merge);
  unsigned char *bytes = gather(&merge);
  merge.merged.bytes = bytes;
  bool written = write_tables(scratch, &merge.merged) && !rename(scratch, path);
  int error = errno;
  if (!written)
    unlink(scratch);
  free(bytes);
  free(merge.from);
  free(merge.results);
  free(merge.files);
  errno = error;
  return written;
}
