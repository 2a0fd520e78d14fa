// JSON: jansson judges the text and decodes strings, tree-sitter's tree tells the places.
#include "value.h"

#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_json(void);

static bool is_type(TSNode node, const char *type) {
  return !strcmp(ts_node_type(node), type);
}

static Span span_of(TSNode node) {
  return (Span){ts_node_start_byte(node), ts_node_end_byte(node)};
}

static const char *string_of(const Reading *reading, Span span) {
  json_t *json = json_loadb(reading->bytes + span.start, span.end - span.start, JSON_DECODE_ANY, NULL);
  const char *text =
      json_is_string(json) ? arena_copy(reading->arena, json_string_value(json), json_string_length(json)) : "";
  json_decref(json);
  return text;
}

static Value *value_of(const Reading *reading, TSNode node, int depth);

// `node` is a pair of an object, or an element of an array.
static Entry entry_of(const Reading *reading, TSNode node, int depth) {
  if (!is_type(node, "pair"))
    return (Entry){.value = value_of(reading, node, depth)};
  TSNode key = ts_node_child_by_field_name(node, "key", 3), value = ts_node_child_by_field_name(node, "value", 5);
  return (Entry){string_of(reading, span_of(key)), span_of(key), value_of(reading, value, depth)};
}

static void read_entries(const Reading *reading, TSNode node, Value *value, int depth) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    TSNode child = ts_tree_cursor_current_node(&cursor);
    if (ts_node_is_named(child))
      array_push(reading->arena, &value->entries, entry_of(reading, child, depth));
  }
  ts_tree_cursor_delete(&cursor);
}

static Value *value_of(const Reading *reading, TSNode node, int depth) {
  Value *value = value_new(reading->arena, VALUE_OTHER, span_of(node));
  if (is_type(node, "string")) {
    value->kind = VALUE_STRING;
    value->string = string_of(reading, value->span);
  } else if (is_type(node, "true") || is_type(node, "false")) {
    value->kind = VALUE_BOOLEAN;
    value->boolean = is_type(node, "true");
  } else if (depth < VALUE_DEPTH && (is_type(node, "object") || is_type(node, "array"))) {
    value->kind = is_type(node, "object") ? VALUE_TABLE : VALUE_LIST;
    read_entries(reading, node, value, depth + 1);
  }
  return value;
}

static bool is_valid(Reading *reading) {
  json_error_t error;
  json_t *json = json_loadb(reading->bytes, reading->length, JSON_REJECT_DUPLICATES, &error);
  uint32_t at = error.position > 0 ? (uint32_t)error.position - 1 : 0;
  if (!json)
    reading_complain(reading, (Span){at, at}, "this is not valid JSON: %s", error.text);
  json_decref(json);
  return json;
}

Value *json_read(Reading *reading, const char *key) {
  if (!is_valid(reading))
    return NULL;
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_json());
  TSTree *tree = ts_parser_parse_string(parser, NULL, reading->bytes, reading->length);
  Value *value = value_get(value_of(reading, ts_node_named_child(ts_tree_root_node(tree), 0), 0), key);
  ts_tree_delete(tree);
  ts_parser_delete(parser);
  return value;
}

// --- values without a place

static Value *plain_value(const json_t *json, Arena *arena, int depth) {
  Value *value = value_new(arena, VALUE_OTHER, (Span){0});
  if (json_is_string(json)) {
    value->kind = VALUE_STRING;
    value->string = arena_copy(arena, json_string_value(json), json_string_length(json));
  } else if (json_is_boolean(json)) {
    value->kind = VALUE_BOOLEAN;
    value->boolean = json_is_true(json);
  } else if (json_is_array(json) && depth < VALUE_DEPTH) {
    value->kind = VALUE_LIST;
    for (size_t i = 0; i < json_array_size(json); i++)
      array_push(arena, &value->entries, ((Entry){.value = plain_value(json_array_get(json, i), arena, depth + 1)}));
  } else if (json_is_object(json) && depth < VALUE_DEPTH) {
    value->kind = VALUE_TABLE;
    for (void *at = json_object_iter((json_t *)json); at; at = json_object_iter_next((json_t *)json, at)) {
      const char *key = json_object_iter_key(at);
      array_push(arena, &value->entries,
                 ((Entry){arena_copy(arena, key, strlen(key)),
                          {0},
                          plain_value(json_object_iter_value(at), arena, depth + 1)}));
    }
  }
  return value;
}

Value *json_value(const json_t *json, Arena *arena) {
  return plain_value(json, arena, 0);
}
