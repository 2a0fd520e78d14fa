// Source files that no person wrote or will mend.
#ifndef RACEWISE_CLI_MACHINE_MADE_H
#define RACEWISE_CLI_MACHINE_MADE_H

#include "../../analysis/syntax/syntax.h"

// "is minified" or "is generated", as a phrase that follows the file's name; NULL when neither is plain to see: lines
// that are hundreds of bytes long on average, or a comment at the top that says so ("@generated", "DO NOT EDIT").
// `bytes` ends with a NUL.
const char *machine_made(Language language, const char *bytes, size_t length);

#endif
