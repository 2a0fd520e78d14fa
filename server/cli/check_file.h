// What a check finds out about one file.
#ifndef RACEWISE_CLI_CHECK_FILE_H
#define RACEWISE_CLI_CHECK_FILE_H

#include "selection.h"

typedef enum FileState {
  FILE_ANALYSED,
  FILE_QUIET,  // holds nothing asynchronous: was not parsed
  FILE_UNREAD, // `problem` says why
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
  bool has_mark;          // the file starts with a byte order mark, which the texts do not hold
} CheckedFile;

// Reads and analyses a file, or stdin under this name, by its configuration (NULL for none). With fixes, does so until
// no more can be applied (at most ten times); writes nothing. Any thread. Free with `checked_file_free`.
CheckedFile *check_file(const char *path, bool from_stdin, const Selection *selection, Config *config);

void checked_file_free(CheckedFile *file); // NULL is allowed

#endif
