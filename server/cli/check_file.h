// What a check finds out about one file.
#ifndef RACEWISE_CLI_CHECK_FILE_H
#define RACEWISE_CLI_CHECK_FILE_H

#include "../source.h"
#include "cache.h"
#include "selection.h"

typedef enum FileState {
  FILE_ANALYSED,
  FILE_QUIET,   // holds nothing asynchronous: was not parsed
  FILE_SKIPPED, // no person wrote it; `problem` says why
  FILE_UNREAD,  // `problem` says why
} FileState;

// A finding that is shown, with its fixes where they are shown too.
typedef struct ShownFinding {
  const Finding *finding;
  const Fix *fixes;
  uint32_t fix_count;
} ShownFinding;

typedef struct CheckedFile {
  FileState state;
  char *problem;       // owned; a phrase that follows the file's name
  Analysis *analysis;  // owned: findings live in it; NULL where none are shown
  Text *text;          // a reference; what the findings are about, NULL where there are none
  ShownFinding *shown; // owned; in order
  uint32_t shown_count;
  uint32_t fixed_count;   // fixes applied; the findings are those that are left
  uint32_t ignored_count; // findings hidden by comments that were put in
  Text *before, *after;   // references; the text without and with these changes, NULL unless there are any
  SourceForm form;        // of the file
  bool recalled;          // nothing was analysed
  Arena *stored;          // owned; what comes from the cache lives there, NULL where nothing does
} CheckedFile;

typedef struct FileRequest {
  const char *path;
  bool from_stdin; // it is read there, under this name
  bool wanted;     // it is analysed whoever made it
  const Selection *selection;
  Config *config; // NULL for none
  Cache *cache;   // NULL for none
} FileRequest;

// Reads and analyses a file. With fixes, does so until no more can be applied (at most ten times); writes nothing. Any
// thread. Free with `checked_file_free`.
CheckedFile *check_file(const FileRequest *request);

void checked_file_free(CheckedFile *file); // NULL is allowed
void checked_file_done(CheckedFile *file); // frees all but the struct itself

#endif
