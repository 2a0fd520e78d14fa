// What --diff writes: a unified diff that patch and git take.
#include "output.h"

#include "../line_diff.h"
#include "style.h"

enum { CONTEXT = 3 };

// A diff that is being printed.
typedef struct Diff {
  const Text *before, *after;
  DiffLines lines;
} Diff;

static void print_line(Output *output, const Diff *diff, const DiffLine *line) {
  const Text *text = line->mark == '+' ? diff->after : diff->before;
  Span span = line_diff_whole_line(text, line->mark == '+' ? line->after : line->before);
  const char *bytes = text_bytes(text);
  bool ends = bytes[span.end - 1] == '\n';
  Style style = line->mark == '+' ? STYLE_ADDED : line->mark == '-' ? STYLE_ERROR : STYLE_PLAIN;
  style_begin(output->stream, output->colour, style);
  fputc(line->mark, output->stream);
  fwrite(bytes + span.start, 1, span.end - span.start - ends, output->stream);
  style_end(output->stream, output->colour, style);
  fputs(ends ? "\n" : "\n\\ No newline at end of file\n", output->stream);
}

static void print_hunk(Output *output, const Diff *diff, Span lines) {
  const DiffLine *first = &diff->lines.items[lines.start];
  uint32_t before = 0, after = 0;
  for (uint32_t i = lines.start; i < lines.end; i++) {
    before += diff->lines.items[i].mark != '+';
    after += diff->lines.items[i].mark != '-';
  }
  style_print(output->stream, output->colour, STYLE_PLACE, "@@ -%u,%u +%u,%u @@", first->before + (before > 0), before,
              first->after + (after > 0), after);
  fputc('\n', output->stream);
  for (uint32_t i = lines.start; i < lines.end; i++)
    print_line(output, diff, &diff->lines.items[i]);
}

// Changes that are at most twice the context apart share a hunk.
static void print_hunks(Output *output, const Diff *diff) {
  uint32_t count = diff->lines.count, last = 0;
  for (uint32_t at = 0; at < count; at = last + 1) {
    while (at < count && diff->lines.items[at].mark == ' ')
      at++;
    if (at == count)
      return;
    last = at;
    for (uint32_t i = at; i < count && i <= last + 2 * CONTEXT + 1; i++)
      last = diff->lines.items[i].mark == ' ' ? last : i;
    uint32_t start = at > CONTEXT ? at - CONTEXT : 0;
    print_hunk(output, diff, (Span){start, last + CONTEXT + 1 < count ? last + CONTEXT + 1 : count});
  }
}

void diff_changed(Output *output, const char *path, const Text *before, const Text *after) {
  Arena *arena = arena_new();
  Diff diff = {before, after, line_diff(arena, before, after)};
  style_print(output->stream, output->colour, STYLE_STRONG, "--- %s\n+++ %s\n", path, path);
  print_hunks(output, &diff);
  arena_free(arena);
}
