// Files that are compiled in. CMakeLists.txt tells which are in which table; embed.cmake writes the tables.
#ifndef RACEWISE_BASE_EMBEDDED_H
#define RACEWISE_BASE_EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

typedef struct EmbeddedFile {
  const char *name; // "topics/gil.md"
  const char *text; // NUL-terminated
  size_t length;
} EmbeddedFile;

// NULL where the table has none of this name.
const EmbeddedFile *embedded_in(const EmbeddedFile *files, uint32_t count, const char *name);

#endif
