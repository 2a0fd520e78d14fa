#include "template.h"

#include "base/nearest.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_LIMIT = 16, NAME_LIMIT = 64 };

// What is being filled in: the values of the rows around the place, the innermost last.
typedef struct Filling {
  const Template *template;
  Arena *arena;
  FILE *out;
  const TemplateRow *rows[DEPTH_LIMIT];
  unsigned depth;
  const char *problem;
} Filling;

typedef struct Tag {
  char kind; // '#', '^', '/', '>', '{' or 0 for a value
  char name[NAME_LIMIT];
  const char *start, *end; // of the tag; with the line that it stands alone on
} Tag;

// --- Complaints ----------------------------------------------------------------------------------------------------

static bool complain_at(Filling *filling, const TemplateText *text, const char *at, const char *what) {
  unsigned line = 1, column = 1;
  for (const char *c = text->text; c < at; c++) {
    line += *c == '\n';
    column = *c == '\n' ? 1 : column + 1;
  }
  filling->problem = arena_printf(filling->arena, "%s:%u:%u: %s", text->name, line, column, what);
  return false;
}

static bool complain_of_name(Filling *filling, const TemplateText *text, const Tag *tag) {
  Nearest nearest = nearest_to(tag->name);
  for (unsigned i = 0; i < filling->depth; i++)
    for (uint32_t k = 0; k < filling->rows[i]->count; k++)
      nearest_offer(&nearest, filling->rows[i]->values[k].name);
  const char *word = nearest_word(&nearest);
  const char *what = word ? arena_printf(filling->arena, "there is no {{%s}}; did you mean {{%s}}?", tag->name, word)
                          : arena_printf(filling->arena, "there is no {{%s}}", tag->name);
  return complain_at(filling, text, tag->start, what);
}

// --- Tags ----------------------------------------------------------------------------------------------------------

// Takes the line of a tag that stands alone on it.
static void widen(Tag *tag, const char *from, const char *text) {
  const char *start = tag->start, *end = tag->end;
  while (start > text && (start[-1] == ' ' || start[-1] == '\t'))
    start--;
  while (*end == ' ' || *end == '\t' || *end == '\r')
    end++;
  bool alone = (start == text || start[-1] == '\n') && (*end == '\n' || *end == '\0') && start >= from;
  if (!alone)
    return;
  tag->start = start;
  tag->end = *end ? end + 1 : end;
}

// Reads the tag that begins at `at`, which points to "{{".
static bool read_tag(Filling *filling, const TemplateText *text, const char *from, const char *at, Tag *tag) {
  bool raw = at[2] == '{';
  const char *close = strstr(at, raw ? "}}}" : "}}");
  *tag = (Tag){.start = at};
  if (!close)
    return complain_at(filling, text, at, "this {{ has no }}");
  tag->end = close + (raw ? 3 : 2);
  const char *name = at + 2;
  if (strchr("#^/>{", *name) && *name)
    tag->kind = *name++;
  name += strspn(name, " ");
  size_t length = strcspn(name, " }\n");
  if (length == 0 || length >= NAME_LIMIT)
    return complain_at(filling, text, at, "there is no name in this tag");
  memcpy(tag->name, name, length);
  if (tag->kind && tag->kind != '{')
    widen(tag, from, text->text);
  return true;
}

// Finds the tag that closes a part, from behind its opening on.
static bool find_close(Filling *filling, const TemplateText *text, const Tag *open, const char *end, Tag *close) {
  unsigned nested = 0;
  for (const char *at = strstr(open->end, "{{"); at && at < end; at = strstr(close->end, "{{")) {
    if (!read_tag(filling, text, open->end, at, close))
      return false;
    bool same = strcmp(close->name, open->name) == 0;
    if (same && close->kind == '/' && nested-- == 0)
      return true;
    nested += same && (close->kind == '#' || close->kind == '^');
  }
  return complain_at(filling, text, open->start, arena_printf(filling->arena, "{{/%s}} is missing", open->name));
}

// --- Filling in ----------------------------------------------------------------------------------------------------

static const TemplateValue *find_value(const Filling *filling, const char *name) {
  for (unsigned i = filling->depth; i-- > 0;)
    for (uint32_t k = 0; k < filling->rows[i]->count; k++)
      if (strcmp(filling->rows[i]->values[k].name, name) == 0)
        return &filling->rows[i]->values[k];
  return NULL;
}

static void print_escaped(FILE *out, const char *text) {
  for (; *text; text++) {
    const char *entity = *text == '&'    ? "&amp;"
                         : *text == '<'  ? "&lt;"
                         : *text == '>'  ? "&gt;"
                         : *text == '"'  ? "&quot;"
                         : *text == '\'' ? "&#39;"
                                         : NULL;
    if (entity)
      fputs(entity, out);
    else
      fputc(*text, out);
  }
}

static bool fill(Filling *filling, const TemplateText *text, const char *from, const char *to);

static bool fill_rows(Filling *filling, const TemplateText *text, const TemplateValue *value, const char *from,
                      const char *to) {
  static const TemplateRow NOTHING_NEW = {0};
  uint32_t count = value->text ? *value->text != '\0' : value->row_count;
  for (uint32_t i = 0; i < count; i++) {
    filling->rows[filling->depth++] = value->text ? &NOTHING_NEW : &value->rows[i];
    bool filled = fill(filling, text, from, to);
    filling->depth--;
    if (!filled)
      return false;
  }
  return true;
}

static bool fill_part(Filling *filling, const TemplateText *text, const Tag *open, const char *to, Tag *close) {
  const TemplateValue *value = find_value(filling, open->name);
  if (!value)
    return complain_of_name(filling, text, open);
  if (!find_close(filling, text, open, to, close))
    return false;
  if (filling->depth == DEPTH_LIMIT)
    return complain_at(filling, text, open->start, "parts are nested too deeply");
  bool empty = value->text ? *value->text == '\0' : value->row_count == 0;
  if (open->kind == '^')
    return !empty || fill(filling, text, open->end, close->start);
  return fill_rows(filling, text, value, open->end, close->start);
}

static bool fill_other(Filling *filling, const TemplateText *text, const Tag *tag) {
  static const TemplateRow NOTHING_NEW = {0};
  TemplateText other = {0};
  if (filling->template->find)
    other = filling->template->find(filling->template->context, tag->name);
  if (!other.text)
    return complain_at(filling, text, tag->start, arena_printf(filling->arena, "there is no template %s", tag->name));
  if (filling->depth == DEPTH_LIMIT)
    return complain_at(filling, text, tag->start, "templates are nested too deeply");
  filling->rows[filling->depth++] = &NOTHING_NEW;
  bool filled = fill(filling, &other, other.text, other.text + strlen(other.text));
  filling->depth--;
  return filled;
}

static bool fill_value(Filling *filling, const TemplateText *text, const Tag *tag) {
  const TemplateValue *value = find_value(filling, tag->name);
  if (!value || !value->text)
    return complain_of_name(filling, text, tag);
  if (filling->template->html && tag->kind != '{')
    print_escaped(filling->out, value->text);
  else
    fputs(value->text, filling->out);
  return true;
}

static bool fill_tag(Filling *filling, const TemplateText *text, Tag *tag, const char *to) {
  Tag close;
  switch (tag->kind) {
  case '#':
  case '^':
    if (!fill_part(filling, text, tag, to, &close))
      return false;
    tag->end = close.end;
    return true;
  case '/':
    return complain_at(filling, text, tag->start, arena_printf(filling->arena, "{{/%s}} closes nothing", tag->name));
  case '>':
    return fill_other(filling, text, tag);
  default:
    return fill_value(filling, text, tag);
  }
}

static bool fill(Filling *filling, const TemplateText *text, const char *from, const char *to) {
  while (from < to) {
    const char *at = strstr(from, "{{");
    if (!at || at >= to)
      at = to;
    Tag tag = {.start = at, .end = at};
    if (at < to && !read_tag(filling, text, from, at, &tag))
      return false;
    fwrite(from, 1, (size_t)(tag.start - from), filling->out);
    if (at < to && !fill_tag(filling, text, &tag, to))
      return false;
    from = tag.end;
  }
  return true;
}

const char *template_fill(const Template *template, Arena *arena, const char **problem) {
  char *bytes = NULL;
  size_t size;
  Filling filling = {.template = template, .arena = arena, .out = open_memstream(&bytes, &size)};
  *problem = "out of memory";
  if (!filling.out)
    return NULL;
  filling.rows[filling.depth++] = &template->values;
  const char *text = template->text.text;
  bool filled = fill(&filling, &template->text, text, text + strlen(text));
  fclose(filling.out);
  const char *result = filled ? arena_copy(arena, bytes, size) : NULL;
  free(bytes);
  *problem = filling.problem;
  return result;
}
