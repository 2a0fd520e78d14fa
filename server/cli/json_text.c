#include "json_text.h"

#include "../../analysis/base/arena.h"
#include <stdlib.h>
#include <string.h>

// jansson refuses a string that is not UTF-8: such bytes are replaced one by one.
static json_t *repaired(const char *bytes, size_t length) {
  char *copy = memory_alloc(3 * length + 1);
  size_t used = 0;
  while (length) {
    size_t step = 1;
    json_t *whole = NULL;
    for (; step <= 4 && step <= length && !(whole = json_stringn(bytes, step)); step++) {}
    step = whole ? step : 1;
    memcpy(copy + used, whole ? bytes : "\xef\xbf\xbd", whole ? step : 3);
    used += whole ? step : 3;
    json_decref(whole);
    bytes += step;
    length -= step;
  }
  json_t *json = json_stringn(copy, used);
  free(copy);
  return json;
}

json_t *json_text_of(const char *bytes, size_t length) {
  json_t *json = json_stringn(bytes, length);
  return json ? json : repaired(bytes, length);
}

json_t *json_text(const char *text) {
  return json_text_of(text, strlen(text));
}

static json_t *position(const Text *text, uint32_t offset) {
  TextPosition at = text_position(text, offset, TEXT_UTF32);
  return json_pack("{s:I, s:I}", "line", (json_int_t)at.line + 1, "column", (json_int_t)at.column + 1);
}

json_t *json_range(const Text *text, Span span) {
  return json_pack("{s:o, s:o}", "start", position(text, span.start), "end", position(text, span.end));
}

void json_write(json_t *json, FILE *stream) {
  json_dumpf(json, stream, JSON_COMPACT | JSON_ENSURE_ASCII);
  json_decref(json);
}
