#include "embedded.h"

#include <string.h>

const EmbeddedFile *embedded_file(const char *name) {
  return embedded_in(EMBEDDED_FILES, EMBEDDED_FILES_COUNT, name);
}

const char *embedded_stem(const EmbeddedFile *file, const char *folder, char *stem, size_t size) {
  size_t length = strlen(folder);
  if (strncmp(file->name, folder, length) != 0 || file->name[length] != '/' || strchr(file->name + length + 1, '/'))
    return NULL;
  const char *name = file->name + length + 1, *dot = strrchr(name, '.');
  size_t stem_length = dot ? (size_t)(dot - name) : strlen(name);
  if (stem_length >= size)
    return NULL;
  memcpy(stem, name, stem_length);
  stem[stem_length] = '\0';
  return stem;
}
