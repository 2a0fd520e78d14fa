// Reading the source of a fix: nodes, lines, indentation, names.
#ifndef RACEWISE_FIXES_SOURCE_H
#define RACEWISE_FIXES_SOURCE_H

#include "../base/arena.h"
#include "../syntax/syntax.h"
#include <stdbool.h>

typedef struct Source {
  const char *bytes;
  uint32_t length;
  TSNode root;
  bool python, typescript;
  const char *newline; // how the first line ends
  bool semicolons;     // most statements end with one
} Source;

Source source_of(const Syntax *syntax);

// --- nodes

Span syntax_node_span(TSNode node);
bool syntax_node_is(TSNode node, const char *type);
bool syntax_node_is_one_of(TSNode node, const char *const *types); // ends with NULL
TSNode syntax_node_field(TSNode node, const char *field);          // a null node where there is none
TSNode syntax_node_child(TSNode node, uint32_t index);             // the named child; a null node where there is none
TSNode syntax_node_last_child(TSNode node);                        // likewise
bool syntax_node_has_token(TSNode node, const char *token);        // as a direct child: "async"
bool syntax_node_is_member_name(TSNode node);                      // "b" of `a.b`

// The smallest named node over a span.
TSNode source_node(const Source *source, Span span);
// The nearest node of one of the types, the node itself included; a null node where there is none.
TSNode syntax_node_enclosing(TSNode node, const char *const *types);
// The innermost function around a node, the node itself included.
TSNode syntax_node_function(TSNode node);
bool syntax_node_is_function(TSNode node);
bool syntax_node_is_async(TSNode function);

// The nearest statement or declaration around a node, the node itself included; a null node where there is none.
TSNode syntax_node_statement(TSNode node);

// Calls `visit` for the node and all below it, in order; what lies below nodes of which it returns false is left out.
void syntax_node_walk(TSNode node, bool (*visit)(TSNode node, void *context), void *context);
// Whether one of `types` stands in the span, inner functions left out.
bool source_has(const Source *source, Span span, const char *const *types);

// --- text

uint32_t source_line_start(const Source *source, uint32_t at);
uint32_t source_line_end(const Source *source, uint32_t at);  // before the line break
uint32_t source_next_line(const Source *source, uint32_t at); // behind it
// The blanks that the line of `at` begins with. Owned by the arena.
const char *source_indent(const Source *source, Arena *arena, uint32_t at);
bool source_starts_line(const Source *source, uint32_t at); // nothing but blanks before it
char *source_copy(const Source *source, Arena *arena, Span span);
bool source_equals(const Source *source, Span span, const char *text);

// Whether the name stands anywhere in the span as a word that does not follow a dot; with `dotted`, anywhere at all.
bool source_uses(const Source *source, Span span, const char *name, bool dotted);
// `name`, or with 2, 3 … behind it where the file uses it already.
const char *source_fresh_name(const Source *source, Arena *arena, const char *name, bool dotted);
// The same where only the innermost function around a node must not use it.
const char *source_local_name(const Source *source, Arena *arena, TSNode node, const char *name);

#endif
