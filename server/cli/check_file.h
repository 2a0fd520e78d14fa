// What a check finds out about one file.
#ifndef RACEWISE_CLI_CHECK_FILE_H
#define RACEWISE_CLI_CHECK_FILE_H

#include "selection.h"

typedef enum FileState {
  FILE_ANALYSED,
  FILE_QUIET,  // holds nothing asynchronous: was not parsed
  FILE_UNREAD, // `problem` says why
} FileState;

typedef struct CheckedFile {
  FileState state;
  char *problem;      // owned; a phrase that follows the file's name
  Analysis *analysis; // owned; NULL unless findings are shown
  uint32_t *shown;    // owned; the findings of `analysis` that are shown
  uint32_t shown_count;
} CheckedFile;

// Reads and analyses a file, or stdin under this name. Any thread. Free with `checked_file_free`.
CheckedFile *check_file(const char *path, bool from_stdin, const Selection *selection);

void checked_file_free(CheckedFile *file); // NULL is allowed

#endif
