// Imports of Python files.
#ifndef RACEWISE_FIXES_PYTHON_IMPORT_H
#define RACEWISE_FIXES_PYTHON_IMPORT_H

#include "fix.h"

// What an import binds to the path ("asyncio", "dataclasses.field"), or NULL.
const Variable *python_import_of(const FixRun *run, const char *path);

// How the file names `member` of a library module, which is imported where it is not yet.
const char *python_import_member(FixRun *run, Edits *edits, const char *module, const char *member);

// The end of the last import at the top of the file; 0 where there is none.
uint32_t python_import_end(const FixRun *run);

#endif
