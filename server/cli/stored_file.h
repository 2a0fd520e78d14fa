// What was found in a file, as bytes for the cache.
#ifndef RACEWISE_CLI_STORED_FILE_H
#define RACEWISE_CLI_STORED_FILE_H

#include "check_file.h"

// The bytes, in malloc's memory. The file was not changed by the run, and could be read.
void *stored_file_write(const CheckedFile *file, uint32_t *length);

// Fills in an empty file from such bytes; its text, where it has findings, is the caller's to add. False, and nothing
// is filled in, when they are damaged.
bool stored_file_read(CheckedFile *file, const unsigned char *bytes, uint32_t length);

// Whether there are findings in the bytes.
bool stored_file_has_findings(const unsigned char *bytes, uint32_t length);

#endif
