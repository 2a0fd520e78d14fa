// The audits of files and folders, for the verbs that write them down.
#ifndef RACEWISE_CLI_AUDIT_FILES_H
#define RACEWISE_CLI_AUDIT_FILES_H

#include "../audit/words.h"
#include "check_options.h"

// What the verbs about many files are told alike: audit_files.def has the rows. Their own options begin with it.
typedef struct AuditFilesOptions {
  CheckOptions check;
  bool fail_on_findings;
} AuditFilesOptions;

// Parses the command line into what `options` begins, which is all zero before. False after a line on stderr.
bool audit_options_parse(const OptionTable *table, Arena *arena, int argc, char **argv, AuditFilesOptions *options);

typedef struct AuditRun {
  const CheckOptions *options; // paths, configuration, rules, jobs; the others do not count
  // Called in order of the paths. `subject` lives until it returns. Files that hold nothing asynchronous are left out
  // unless they are named.
  void (*file)(void *context, const AuditSubject *subject);
  void *context;
  uint32_t files, quiet, unread; // all, those left out, those that could not be read
  uint32_t findings;             // of all files
  bool failed;                   // a file that was named could not be read
} AuditRun;

// False, after a line on stderr, when the run could not begin: a path or a rule that does not exist, a wrong
// configuration.
bool audit_files(AuditRun *run);

// The status with which a verb ends: 2 when something failed, 1 for findings where they are asked about, else 0.
int audit_status(const AuditRun *run, bool findings_count);

// Opens `path` for writing, stdout for NULL; NULL after a line on stderr.
FILE *audit_open(const char *path);
// False, after a line on stderr, when not all could be written.
bool audit_close(FILE *stream, const char *path);

#endif
