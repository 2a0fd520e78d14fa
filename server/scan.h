// Analyses the files of folders on libuv's thread pool.
//
// One file at a time: what is being typed comes first. Which files a folder has is decided as the command line does,
// and so is what each of them goes by.
#ifndef RACEWISE_SERVER_SCAN_H
#define RACEWISE_SERVER_SCAN_H

#include "analysis.h"
#include "config/config.h"
#include "rpc/loop.h"

typedef struct Scan Scan;

// A file, as it was found.
typedef struct ScannedFile {
  const char *path;
  uint64_t stamp;     // of its time and size
  bool is_new;        // it has another stamp than what was known
  Text *text;         // NULL where it is not new, cannot be read or holds nothing asynchronous
  Analysis *analysis; // of the text; NULL likewise
} ScannedFile;

typedef struct ScanEvents {
  void *context;
  uint64_t (*known)(void *context, const char *path);   // the stamp that is known of a file; 0 for none
  Config *(*settings)(void *context, const char *path); // the client's for a file; borrowed, may be NULL
  // False to go on only after `scan_resume`.
  bool (*scanned)(void *context, const ScannedFile *file, uint32_t done, uint32_t total);
  void (*ended)(void *context); // the scan is gone then
} ScanEvents;

// `folders` are copied.
Scan *scan_start(Loop *loop, const char *const *folders, uint32_t count, ScanEvents events);
void scan_resume(Scan *scan);
// No event comes any more; the memory goes when the worker lets go.
void scan_stop(Scan *scan);

#endif
