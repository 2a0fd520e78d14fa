// Imports of JavaScript files.
#ifndef RACEWISE_FIXES_JAVASCRIPT_IMPORT_H
#define RACEWISE_FIXES_JAVASCRIPT_IMPORT_H

#include "fix.h"

// How the file names a hook ("useRef") of the library that its other hooks come from; it is added to their import where
// it is not there yet. NULL where they are not imported in a way that can be added to.
const char *javascript_import_hook(const FixRun *run, Edits *edits, const char *hook);

// The name of the variable that is imported from exactly this path ("p-limit"), or NULL.
const char *javascript_import_of(const FixRun *run, const char *path);

#endif
