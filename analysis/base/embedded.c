#include "embedded.h"
#include <string.h>

const EmbeddedFile *embedded_in(const EmbeddedFile *files, uint32_t count, const char *name) {
  for (uint32_t i = 0; i < count; i++)
    if (strcmp(files[i].name, name) == 0)
      return &files[i];
  return NULL;
}
