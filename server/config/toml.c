// TOML, from tree-sitter's tree of it.
#include "value.h"

#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_toml(void);

static bool is_type(TSNode node, const char *type) {
  return !strcmp(ts_node_type(node), type);
}

static Span span_of(TSNode node) {
  return (Span){ts_node_start_byte(node), ts_node_end_byte(node)};
}

// --- strings

static char *put_utf8(char *at, unsigned long code) {
  if (code < 0x80) {
    *at++ = (char)code;
    return at;
  }
  int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static const unsigned char LEADS[] = {0, 0xc0, 0xe0, 0xf0};
  *at++ = (char)(LEADS[more] | (code >> (6 * more)));
  while (more--)
    *at++ = (char)(0x80 | ((code >> (6 * more)) & 0x3f));
  return at;
}

// The escape behind a backslash at `*from`, which moves behind it.
static char *unescape(const char **from, char *to) {
  static const char LETTERS[] = "btnfr\"\\", MEANINGS[] = "\b\t\n\f\r\"\\";
  const char *letter = strchr(LETTERS, **from);
  if (**from && letter) {
    *to++ = MEANINGS[letter - LETTERS];
    (*from)++;
    return to;
  }
  if (**from == 'u' || **from == 'U') {
    char digits[9] = {0};
    size_t count = **from == 'u' ? 4 : 8;
    memcpy(digits, *from + 1, count);
    *from += count + 1;
    unsigned long code = strtoul(digits, NULL, 16);
    return put_utf8(to, code && code <= 0x10ffff ? code : 0xfffd);
  }
  while (**from && strchr(" \t\r\n", **from)) // a line that goes on
    (*from)++;
  return to;
}

// A string or a key in quotes. No escape is longer than what it stands for.
static const char *unquote(const Reading *reading, Span span) {
  const char *bytes = reading->bytes + span.start;
  size_t length = span.end - span.start, quote = length >= 6 && bytes[1] == bytes[0] && bytes[2] == bytes[0] ? 3 : 1;
  if (length < 2 * quote)
    return "";
  bool literal = bytes[0] == '\'';
  char *text = arena_copy(reading->arena, bytes + quote, length - 2 * quote), *to = text;
  const char *from = text;
  if (quote == 3)
    from += *from == '\n' ? 1 : !strncmp(from, "\r\n", 2) ? 2 : 0;
  while (*from) {
    if (*from == '\\' && !literal) {
      from++;
      to = unescape(&from, to);
    } else {
      *to++ = *from++;
    }
  }
  *to = 0;
  return text;
}

static const char *key_text(const Reading *reading, TSNode node) {
  Span span = span_of(node);
  return is_type(node, "quoted_key") ? unquote(reading, span)
                                     : arena_copy(reading->arena, reading->bytes + span.start, span.end - span.start);
}

// --- tables

typedef ARRAY(Entry) Keys;

static bool is_key(TSNode node) {
  return is_type(node, "bare_key") || is_type(node, "quoted_key") || is_type(node, "dotted_key");
}

// The parts of a key, the first first. A dotted key holds the one before its last part.
static Keys keys_of(const Reading *reading, TSNode node) {
  Keys backwards = {0}, keys = {0};
  while (is_type(node, "dotted_key")) {
    TSNode last = ts_node_named_child(node, ts_node_named_child_count(node) - 1);
    array_push(reading->arena, &backwards, ((Entry){key_text(reading, last), span_of(last), NULL}));
    node = ts_node_named_child(node, 0);
  }
  array_push(reading->arena, &keys, ((Entry){key_text(reading, node), span_of(node), NULL}));
  while (backwards.count)
    array_push(reading->arena, &keys, backwards.items[--backwards.count]);
  return keys;
}

// The table that a key of another names, made where it is not there; of a list of tables the last. NULL after a
// complaint.
static Value *subtable(Reading *reading, Value *table, const Entry *key) {
  Value *value = value_get(table, key->key);
  if (!value) {
    value = value_new(reading->arena, VALUE_TABLE, key->key_span);
    array_push(reading->arena, &table->entries, ((Entry){key->key, key->key_span, value}));
  }
  if (value->kind == VALUE_LIST && value->entries.count)
    value = array_last(&value->entries).value;
  if (value->kind == VALUE_TABLE)
    return value;
  reading_complain(reading, key->key_span, "`%s` is %s further up, so that it cannot be a table too", key->key,
                   value_kind_name(value->kind));
  return NULL;
}

// The table that holds the last part of the keys.
static Value *table_of_last(Reading *reading, Value *table, const Keys *keys) {
  for (uint32_t i = 0; table && i + 1 < keys->count; i++)
    table = subtable(reading, table, &keys->items[i]);
  return table;
}

static void put(Reading *reading, Value *table, const Keys *keys, Value *value) {
  Entry entry = array_last(keys);
  table = table_of_last(reading, table, keys);
  if (!table)
    return;
  entry.value = value;
  if (value_get(table, entry.key))
    reading_complain(reading, entry.key_span, "`%s` is given twice: keep one of the two", entry.key);
  else
    array_push(reading->arena, &table->entries, entry);
}

// --- values

static Value *value_of(Reading *reading, TSNode node, int depth);

static void read_pair(Reading *reading, TSNode node, Value *table, int depth) {
  TSNode key = {0}, value = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(node); i++) {
    TSNode child = ts_node_named_child(node, i);
    if (is_key(child))
      key = child;
    else if (!is_type(child, "comment"))
      value = child;
  }
  if (!key.id || !value.id)
    return;
  Keys keys = keys_of(reading, key);
  put(reading, table, &keys, value_of(reading, value, depth));
}

static void read_pairs(Reading *reading, TSNode node, Value *table, int depth) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    TSNode child = ts_tree_cursor_current_node(&cursor);
    if (is_type(child, "pair"))
      read_pair(reading, child, table, depth);
  }
  ts_tree_cursor_delete(&cursor);
}

static void read_elements(Reading *reading, TSNode node, Value *list, int depth) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    TSNode child = ts_tree_cursor_current_node(&cursor);
    if (ts_node_is_named(child) && !is_type(child, "comment"))
      array_push(reading->arena, &list->entries, ((Entry){.value = value_of(reading, child, depth)}));
  }
  ts_tree_cursor_delete(&cursor);
}

static Value *value_of(Reading *reading, TSNode node, int depth) {
  Value *value = value_new(reading->arena, VALUE_OTHER, span_of(node));
  if (is_type(node, "string")) {
    value->kind = VALUE_STRING;
    value->string = unquote(reading, value->span);
  } else if (is_type(node, "boolean")) {
    value->kind = VALUE_BOOLEAN;
    value->boolean = reading->bytes[value->span.start] == 't';
  } else if (is_type(node, "array") && depth < VALUE_DEPTH) {
    value->kind = VALUE_LIST;
    read_elements(reading, node, value, depth + 1);
  } else if (is_type(node, "inline_table") && depth < VALUE_DEPTH) {
    value->kind = VALUE_TABLE;
    read_pairs(reading, node, value, depth + 1);
  }
  return value;
}

// --- documents

static Value *next_of_list(Reading *reading, Value *table, const Keys *keys) {
  Entry entry = array_last(keys);
  table = table_of_last(reading, table, keys);
  Value *list = value_get(table, entry.key), *made = value_new(reading->arena, VALUE_TABLE, entry.key_span);
  if (table && !list) {
    list = entry.value = value_new(reading->arena, VALUE_LIST, entry.key_span);
    array_push(reading->arena, &table->entries, entry);
  }
  if (list && list->kind == VALUE_LIST)
    array_push(reading->arena, &list->entries, ((Entry){.value = made}));
  return made;
}

// A table or an element of a list of tables.
static void read_table(Reading *reading, TSNode node, Value *root) {
  for (uint32_t i = 0; i < ts_node_named_child_count(node); i++) {
    TSNode child = ts_node_named_child(node, i);
    if (!is_key(child))
      continue;
    Keys keys = keys_of(reading, child);
    Value *parent = is_type(node, "table") ? table_of_last(reading, root, &keys) : NULL;
    Value *table = is_type(node, "table") ? (parent ? subtable(reading, parent, &array_last(&keys)) : NULL)
                                          : next_of_list(reading, root, &keys);
    if (table)
      read_pairs(reading, node, table, 1);
    return;
  }
}

static void read_document(Reading *reading, TSNode document, Value *root) {
  read_pairs(reading, document, root, 0);
  TSTreeCursor cursor = ts_tree_cursor_new(document);
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    TSNode child = ts_tree_cursor_current_node(&cursor);
    if (is_type(child, "table") || is_type(child, "table_array_element"))
      read_table(reading, child, root);
  }
  ts_tree_cursor_delete(&cursor);
}

// The first piece that the grammar does not know; null for none.
static TSNode first_error(TSNode root) {
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  TSNode found = {0};
  for (bool more = ts_node_has_error(root); more && !found.id;) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    if (ts_node_is_error(node) || ts_node_is_missing(node))
      found = node;
    else if (ts_node_has_error(node))
      more = ts_tree_cursor_goto_first_child(&cursor);
    else
      more = ts_tree_cursor_goto_next_sibling(&cursor);
  }
  ts_tree_cursor_delete(&cursor);
  return found;
}

static void complain_of_error(Reading *reading, TSNode root) {
  TSNode error = first_error(root);
  Span span = span_of(error.id ? error : root);
  if (error.id && ts_node_is_missing(error))
    reading_complain(reading, span, "this is not valid TOML: `%s` is missing", ts_node_type(error));
  else
    reading_complain(reading, span,
                     "this is not valid TOML: write `key = value`, with strings in quotes and lists in [ ]");
}

Value *toml_read(Reading *reading) {
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_toml());
  TSTree *tree = ts_parser_parse_string(parser, NULL, reading->bytes, reading->length);
  TSNode document = ts_tree_root_node(tree);
  Value *root = value_new(reading->arena, VALUE_TABLE, span_of(document));
  if (ts_node_has_error(document))
    complain_of_error(reading, document);
  else
    read_document(reading, document, root);
  ts_tree_delete(tree);
  ts_parser_delete(parser);
  return reading->problems.count ? NULL : root;
}
