#include "output.h"
#include <string.h>

void output_add(Output *output, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *text = arena_vprintf(output->arena, format, arguments);
  va_end(arguments);
  for (; *text; text++)
    array_push(output->arena, &output->bytes, *text);
}

const char *output_text(Output *output) {
  return arena_copy(output->arena, output->bytes.items ? output->bytes.items : "", output->bytes.count);
}

static const Mark *mark_at(const char *at, const Mark *marks, size_t count) {
  for (size_t i = 0; i < count; i++) {
    size_t length = strlen(marks[i].name);
    if (!strncmp(at + 2, marks[i].name, length) && !strncmp(at + 2 + length, "}}", 2))
      return &marks[i];
  }
  return NULL;
}

const char *output_fill(Arena *arena, const char *template, const Mark *marks, size_t count) {
  Output output = {.arena = arena};
  while (*template) {
    const char *next = strstr(template, "{{");
    size_t length = next ? (size_t)(next - template) : strlen(template);
    output_add(&output, "%.*s", (int)length, template);
    template += length;
    const Mark *mark = next ? mark_at(next, marks, count) : NULL;
    if (mark)
      output_add(&output, "%s", mark->text);
    else if (next)
      output_add(&output, "{{");
    if (next)
      template += mark ? strlen(mark->name) + 4 : 2;
  }
  return output_text(&output);
}
