// Texts and places of a source file as JSON.
#ifndef RACEWISE_CLI_JSON_TEXT_H
#define RACEWISE_CLI_JSON_TEXT_H

#include "../../analysis/text/text.h"
#include <jansson.h>

// A string of any bytes: in the place of each byte that is not UTF-8 (a path can be anything) stands U+FFFD. New
// references, like all here.
json_t *json_text(const char *text);
json_t *json_text_of(const char *bytes, size_t length);

// {"start": {"line", "column"}, "end": {"line", "column"}}, counted from 1, columns in code points, the end exclusive.
json_t *json_range(const Text *text, Span span);

// An object or a list made in memory, written in one line and released.
void json_write(json_t *json, FILE *stream);

#endif
