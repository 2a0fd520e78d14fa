#include "ignore_comment.h"
#include "../rules/suppressions.h"
#include <ctype.h>
#include <string.h>

const Suppression *ignore_comment_of(const FixRun *run) {
  const Suppressions *all = &run->rules->suppressions;
  for (uint32_t i = 0; i < all->count; i++)
    if (all->items[i].span.start == run->report->candidate.first.start)
      return &all->items[i];
  return NULL;
}

bool ignore_comment_hides(const FixRun *run, const Suppression *suppression) {
  return run->rules->suppression_uses[suppression - run->rules->suppressions.items].used;
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

static bool is_mark(char byte) {
  return byte == '#' || byte == '/';
}

static uint32_t before_blanks(const Source *source, uint32_t at, uint32_t start) {
  while (at > start && is_blank(source->bytes[at - 1]))
    at--;
  return at;
}

// Where the next part of a comment of one line begins: `# racewise: ignore -- why  # noqa`.
static uint32_t next_part(const Source *source, uint32_t at, uint32_t end) {
  for (; at + 1 < end; at++)
    if (is_blank(source->bytes[at]) && is_mark(source->bytes[at + 1]) &&
        (source->bytes[at + 1] == '#' || (at + 2 < end && source->bytes[at + 2] == '/')))
      return at + 1;
  return end;
}

static bool has_words(const Source *source, uint32_t at, uint32_t end) {
  while (at < end && !isalnum((unsigned char)source->bytes[at]) && (unsigned char)source->bytes[at] < 0x80)
    at++;
  return at < end;
}

// The part of the comment that the suppression is. False where it cannot go alone.
static bool part_of(const Source *source, Span comment, Span directive, Span *part) {
  if (source->bytes[comment.start + 1] == '*') {
    *part = comment;
    return !has_words(source, comment.start, directive.start) &&
           !has_words(source, source_line_end(source, directive.end), comment.end);
  }
  uint32_t start = before_blanks(source, directive.start, comment.start);
  while (start > comment.start && is_mark(source->bytes[start - 1]))
    start--;
  *part = (Span){start, next_part(source, directive.end, comment.end)};
  return true;
}

// JSX has comments only in braces.
static Span with_braces(TSNode comment) {
  TSNode parent = ts_node_parent(comment);
  bool braces = syntax_node_is(parent, "jsx_expression") && ts_node_named_child_count(parent) == 1;
  return syntax_node_span(braces ? parent : comment);
}

static Span with_line(const Source *source, Span span) {
  uint32_t end = span.end;
  while (end < source->length && is_blank(source->bytes[end]))
    end++;
  bool ends_line = end == source_line_end(source, end);
  if (ends_line && source_starts_line(source, span.start))
    return (Span){source_line_start(source, span.start), source_next_line(source, end)};
  return (Span){before_blanks(source, span.start, 0), ends_line ? end : span.end};
}

bool ignore_comment_span(const FixRun *run, const Suppression *suppression, Span *span) {
  const Source *source = &run->source;
  TSNode node = source_node(source, suppression->span);
  Span comment = syntax_node_span(node), part;
  if (!part_of(source, comment, suppression->span, &part))
    return false;
  if (part.start == comment.start && part.end == comment.end)
    *span = with_line(source, with_braces(node));
  else if (part.end == comment.end)
    *span = (Span){before_blanks(source, part.start, comment.start), part.end};
  else
    *span = part;
  return true;
}
