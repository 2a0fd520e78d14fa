// The floor: what the bare parser costs for the same work that a language server does.
//
//     floor FILE OFFSET EDITS
//
// Parses FILE from scratch five times, walks the tree, then makes the insertions in the file EDITS (each ended by a
// NUL) one after the other, the first at the byte OFFSET, and re-parses after each. Prints milliseconds as JSON. One
// thread, one parser, one contiguous buffer: nothing a server could leave out.
#include "syntax/syntax.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLACK = 1 << 20, REPETITIONS = 5 };

typedef struct Buffer {
  char *bytes;
  uint32_t length, capacity;
} Buffer;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

// The whole file with room for insertions; ends the process when it cannot be read.
static Buffer buffer_read(const char *path) {
  FILE *file = fopen(path, "rb");
  long size = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  char *bytes = size < 0 ? NULL : malloc((size_t)size + SLACK);
  if (!bytes) {
    perror(path);
    exit(2);
  }
  rewind(file);
  Buffer buffer = {bytes, (uint32_t)fread(bytes, 1, (size_t)size, file), (uint32_t)size + SLACK};
  fclose(file);
  return buffer;
}

static TSTree *parse(TSParser *parser, const TSTree *old, const Buffer *buffer) {
  return ts_parser_parse_string(parser, old, buffer->bytes, buffer->length);
}

static uint32_t walk(const TSTree *tree) {
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  uint32_t nodes = 1;
  while (true) {
    bool moved = ts_tree_cursor_goto_first_child(&cursor);
    while (!moved && !(moved = ts_tree_cursor_goto_next_sibling(&cursor)) && ts_tree_cursor_goto_parent(&cursor))
      continue;
    if (!moved)
      break;
    nodes++;
  }
  ts_tree_cursor_delete(&cursor);
  return nodes;
}

// The fastest of some parses from scratch, with a walk over the tree; returns the last tree.
static TSTree *measure_parse(TSParser *parser, const Buffer *buffer) {
  double best_parse = 1e9, best_walk = 1e9;
  uint32_t nodes = 0;
  TSTree *tree = NULL;
  for (int i = 0; i < REPETITIONS; i++) {
    ts_tree_delete(tree);
    double start = now();
    tree = parse(parser, NULL, buffer);
    double parsed = now();
    nodes = walk(tree);
    double walked = now();
    best_parse = parsed - start < best_parse ? parsed - start : best_parse;
    best_walk = walked - parsed < best_walk ? walked - parsed : best_walk;
  }
  printf("{\"bytes\": %u, \"nodes\": %u, \"parse\": %.4f, \"walk\": %.4f", buffer->length, nodes, best_parse,
         best_walk);
  return tree;
}

static TSPoint point_at(const Buffer *buffer, uint32_t offset) {
  TSPoint point = {0};
  for (uint32_t i = 0; i < offset; i++)
    point = buffer->bytes[i] == '\n' ? (TSPoint){point.row + 1, 0} : (TSPoint){point.row, point.column + 1};
  return point;
}

static void insert(Buffer *buffer, uint32_t offset, const char *text, uint32_t length) {
  if (length > buffer->capacity - buffer->length) {
    fputs("floor: too many edits\n", stderr);
    exit(2);
  }
  memmove(buffer->bytes + offset + length, buffer->bytes + offset, buffer->length - offset);
  memcpy(buffer->bytes + offset, text, length);
  buffer->length += length;
}

// Inserts and re-parses; replaces the tree and returns how long it took.
static double edit(TSParser *parser, TSTree **tree, Buffer *buffer, uint32_t offset, const char *text) {
  uint32_t length = (uint32_t)strlen(text);
  TSPoint start = point_at(buffer, offset);
  double begun = now();
  insert(buffer, offset, text, length);
  double paused = now();
  TSInputEdit change = {offset, offset, offset + length, start, start, point_at(buffer, offset + length)};
  double resumed = now();
  ts_tree_edit(*tree, &change);
  TSTree *next = parse(parser, *tree, buffer);
  double done = now();
  ts_tree_delete(*tree);
  *tree = next;
  return done - resumed + paused - begun;
}

int main(int argc, char **argv) {
  const TSLanguage *grammar = argc == 4 ? language_grammar(language_of_path(argv[1])) : NULL;
  if (!grammar) {
    fputs("usage: floor FILE OFFSET EDITS\n", stderr);
    return 2;
  }
  Buffer buffer = buffer_read(argv[1]), edits = buffer_read(argv[3]);
  uint32_t offset = (uint32_t)strtoul(argv[2], NULL, 10);
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, grammar);
  TSTree *tree = measure_parse(parser, &buffer);
  printf(", \"edits\": [");
  for (uint32_t i = 0; i < edits.length && offset <= buffer.length; i += (uint32_t)strlen(edits.bytes + i) + 1) {
    printf("%s%.4f", i ? ", " : "", edit(parser, &tree, &buffer, offset, edits.bytes + i));
    offset += (uint32_t)strlen(edits.bytes + i);
  }
  printf("]}\n");
  ts_tree_delete(tree);
  ts_parser_delete(parser);
  free(edits.bytes);
  free(buffer.bytes);
  return 0;
}
