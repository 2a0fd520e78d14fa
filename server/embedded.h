// What the server has compiled in: templates, and the texts and examples of the documentation.
#ifndef RACEWISE_SERVER_EMBEDDED_H
#define RACEWISE_SERVER_EMBEDDED_H

#include "base/embedded.h"

extern const EmbeddedFile EMBEDDED_FILES[]; // in order of their names
extern const uint32_t EMBEDDED_FILES_COUNT;

// NULL where there is none of this name.
const EmbeddedFile *embedded_file(const char *name);

// The stem of the file "folder/stem.ending"; NULL for a file that is not in the folder itself. In `stem`.
const char *embedded_stem(const EmbeddedFile *file, const char *folder, char *stem, size_t size);

#endif
