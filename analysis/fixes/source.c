#define _GNU_SOURCE // memmem
#include "source.h"
#include <ctype.h>
#include <string.h>

enum { STATEMENT_SAMPLE = 64 };

typedef struct Semicolons {
  const char *bytes;
  unsigned with, without;
} Semicolons;

static bool count_semicolons(TSNode node, void *context) {
  static const char *const ENDED[] = {"expression_statement", "lexical_declaration", "return_statement",
                                      "import_statement", NULL};
  Semicolons *semicolons = context;
  if (semicolons->with + semicolons->without >= STATEMENT_SAMPLE)
    return false;
  if (syntax_node_is_one_of(node, ENDED)) {
    bool ends = semicolons->bytes[ts_node_end_byte(node) - 1] == ';';
    semicolons->with += ends;
    semicolons->without += !ends;
  }
  return true;
}

static bool has_semicolons(const Source *source) {
  Semicolons semicolons = {.bytes = source->bytes};
  syntax_node_walk(source->root, count_semicolons, &semicolons);
  return semicolons.with >= semicolons.without;
}

Source source_of(const Syntax *syntax) {
  const Text *text = syntax_text(syntax);
  Language language = syntax_language(syntax);
  Source source = {
      .bytes = text_bytes(text),
      .length = text_length(text),
      .root = syntax_root(syntax),
      .python = language == LANGUAGE_PYTHON,
      .typescript = language == LANGUAGE_TYPESCRIPT || language == LANGUAGE_TSX,
      .newline = "\n",
  };
  uint32_t end = source_line_end(&source, 0);
  if (end + 1 < source.length && source.bytes[end] == '\r')
    source.newline = source.bytes[end + 1] == '\n' ? "\r\n" : "\r";
  source.semicolons = !source.python && has_semicolons(&source);
  return source;
}

// --- nodes

Span syntax_node_span(TSNode node) {
  return (Span){ts_node_start_byte(node), ts_node_end_byte(node)};
}

bool syntax_node_is(TSNode node, const char *type) {
  return !ts_node_is_null(node) && strcmp(ts_node_type(node), type) == 0;
}

bool syntax_node_is_one_of(TSNode node, const char *const *types) {
  for (; *types; types++)
    if (syntax_node_is(node, *types))
      return true;
  return false;
}

TSNode syntax_node_field(TSNode node, const char *field) {
  return ts_node_is_null(node) ? node : ts_node_child_by_field_name(node, field, (uint32_t)strlen(field));
}

TSNode syntax_node_child(TSNode node, uint32_t index) {
  return ts_node_is_null(node) ? node : ts_node_named_child(node, index);
}

TSNode syntax_node_last_child(TSNode node) {
  return ts_node_is_null(node) ? node : ts_node_named_child(node, ts_node_named_child_count(node) - 1);
}

bool syntax_node_has_token(TSNode node, const char *token) {
  for (uint32_t i = 0; !ts_node_is_null(node) && i < ts_node_child_count(node); i++)
    if (syntax_node_is(ts_node_child(node, i), token))
      return true;
  return false;
}

bool syntax_node_is_member_name(TSNode node) {
  TSNode parent = ts_node_parent(node);
  bool python = syntax_node_is(parent, "attribute");
  if (!python && !syntax_node_is(parent, "member_expression"))
    return false;
  return ts_node_eq(syntax_node_field(parent, python ? "attribute" : "property"), node);
}

TSNode source_node(const Source *source, Span span) {
  return ts_node_named_descendant_for_byte_range(source->root, span.start, span.end);
}

TSNode syntax_node_enclosing(TSNode node, const char *const *types) {
  while (!ts_node_is_null(node) && !syntax_node_is_one_of(node, types))
    node = ts_node_parent(node);
  return node;
}

static const char *const FUNCTIONS[] = {
    "function_definition",
    "lambda",
    "function_declaration",
    "function_expression",
    "arrow_function",
    "method_definition",
    "generator_function",
    "generator_function_declaration",
    NULL,
};

bool syntax_node_is_function(TSNode node) {
  return syntax_node_is_one_of(node, FUNCTIONS);
}

TSNode syntax_node_function(TSNode node) {
  return syntax_node_enclosing(node, FUNCTIONS);
}

bool syntax_node_is_async(TSNode function) {
  return syntax_node_has_token(function, "async");
}

TSNode syntax_node_statement(TSNode node) {
  while (!ts_node_is_null(node)) {
    const char *type = ts_node_type(node);
    size_t length = strlen(type);
    bool statement = length > 10 && strcmp(type + length - 10, "_statement") == 0;
    bool declaration = length > 12 && strcmp(type + length - 12, "_declaration") == 0;
    if (statement || declaration)
      return node;
    node = ts_node_parent(node);
  }
  return node;
}

void syntax_node_walk(TSNode node, bool (*visit)(TSNode node, void *context), void *context) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  bool more = true;
  while (more) {
    bool inside = visit(ts_tree_cursor_current_node(&cursor), context);
    if (inside && ts_tree_cursor_goto_first_child(&cursor))
      continue;
    while (more && !ts_tree_cursor_goto_next_sibling(&cursor))
      more = ts_tree_cursor_goto_parent(&cursor);
  }
  ts_tree_cursor_delete(&cursor);
}

typedef struct Search {
  Span span;
  const char *const *types;
  bool found;
} Search;

static bool look_for(TSNode node, void *context) {
  Search *search = context;
  Span span = syntax_node_span(node);
  if (search->found || span.end <= search->span.start || search->span.end <= span.start)
    return false;
  if (!span_holds(search->span, span))
    return true;
  if (syntax_node_is_function(node))
    return false;
  if (ts_node_is_named(node) && syntax_node_is_one_of(node, search->types))
    search->found = true;
  return true;
}

bool source_has(const Source *source, Span span, const char *const *types) {
  Search search = {span, types, false};
  syntax_node_walk(source_node(source, span), look_for, &search);
  return search.found;
}

// --- text

uint32_t source_line_start(const Source *source, uint32_t at) {
  while (at && source->bytes[at - 1] != '\n' && source->bytes[at - 1] != '\r')
    at--;
  return at;
}

uint32_t source_line_end(const Source *source, uint32_t at) {
  while (at < source->length && source->bytes[at] != '\n' && source->bytes[at] != '\r')
    at++;
  return at;
}

uint32_t source_next_line(const Source *source, uint32_t at) {
  at = source_line_end(source, at);
  if (at < source->length && source->bytes[at] == '\r')
    at++;
  if (at < source->length && source->bytes[at] == '\n')
    at++;
  return at;
}

const char *source_indent(const Source *source, Arena *arena, uint32_t at) {
  uint32_t start = source_line_start(source, at), end = start;
  while (end < source->length && (source->bytes[end] == ' ' || source->bytes[end] == '\t'))
    end++;
  return arena_copy(arena, source->bytes + start, end - start);
}

bool source_starts_line(const Source *source, uint32_t at) {
  for (uint32_t i = source_line_start(source, at); i < at; i++)
    if (source->bytes[i] != ' ' && source->bytes[i] != '\t')
      return false;
  return true;
}

char *source_copy(const Source *source, Arena *arena, Span span) {
  return arena_copy(arena, source->bytes + span.start, span.end - span.start);
}

bool source_equals(const Source *source, Span span, const char *text) {
  size_t length = strlen(text);
  return span.end - span.start == length && memcmp(source->bytes + span.start, text, length) == 0;
}

static bool is_word(char c) {
  return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

bool source_uses(const Source *source, Span span, const char *name, bool dotted) {
  size_t length = strlen(name);
  const char *end = source->bytes + span.end, *found = source->bytes + span.start;
  while (found < end && (found = memmem(found, (size_t)(end - found), name, length))) {
    size_t at = (size_t)(found++ - source->bytes);
    bool begins = at == 0 || (!is_word(source->bytes[at - 1]) && source->bytes[at - 1] != '#');
    bool follows_dot = at && source->bytes[at - 1] == '.' && !(at > 1 && source->bytes[at - 2] == '.');
    bool ends = at + length == source->length || !is_word(source->bytes[at + length]);
    if (begins && ends && (dotted || !follows_dot))
      return true;
  }
  return false;
}

const char *source_fresh_name(const Source *source, Arena *arena, const char *name, bool dotted) {
  const char *fresh = name;
  for (unsigned number = 2; source_uses(source, (Span){0, source->length}, fresh, dotted); number++)
    fresh = arena_printf(arena, "%s%s%u", name, source->python ? "_" : "", number);
  return fresh;
}

const char *source_local_name(const Source *source, Arena *arena, TSNode node, const char *name) {
  TSNode function = syntax_node_function(node);
  Span scope = ts_node_is_null(function) ? (Span){0, source->length} : syntax_node_span(function);
  return source_uses(source, scope, name, false) ? source_fresh_name(source, arena, name, false) : name;
}
