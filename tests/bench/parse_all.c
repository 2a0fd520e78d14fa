// The floor of a check: reads the files that standard input names, one a line, and parses each, nothing more.
#include "../../analysis/syntax/syntax.h"
#include "../../server/source.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t parse(const char *path) {
  Source source;
  char problem[256];
  if (!source_read(path, &source, problem, sizeof problem))
    return 0;
  Text *text = text_new(source.bytes, source.length);
  Syntax *syntax = syntax_parse(language_of_file(path, source.bytes, source.length), text, NULL);
  size_t length = syntax ? source.length : 0;
  syntax_free(syntax);
  text_unref(text);
  source_done(&source);
  return length;
}

int main(void) {
  char *path = NULL;
  size_t size = 0, bytes = 0;
  for (ssize_t length; (length = getline(&path, &size, stdin)) > 0;) {
    path[strcspn(path, "\n")] = 0;
    bytes += parse(path);
  }
  free(path);
  printf("%zu\n", bytes);
  return 0;
}
