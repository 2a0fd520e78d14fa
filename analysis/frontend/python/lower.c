#include "../frontend.h"
#include "lowering.h"

// How often the bytes of a file's `finally` clauses may be lowered, all copies together.
enum { COPY_FACTOR = 16 };

// Functions that the depth limit cut off have no code; an empty body stands in, which no rule reads.
static void close_unlowered(Builder *builder, Module *module) {
  for (FunctionId id = 2; id < module->functions.count; id++) {
    if (module_function(module, id)->blocks.count)
      continue;
    module->functions.items[id].flags |= FUNCTION_TRUNCATED;
    builder_begin(builder, id);
    builder_end(builder);
  }
}

Module *python_lower(const Syntax *syntax, Arena *arena) {
  Builder *builder = builder_new(arena, (Traits){.receiver_is_parameter = true});
  Module *module = builder_module(builder);
  Nodes *nodes = nodes_new(syntax, &python_grammar()->table);
  Node root = nodes->root;
  module->functions.items[1].span = nodes_span(nodes, root);
  Lowering lowering = {.arena = arena,
                       .builder = builder,
                       .module = module,
                       .symbols = module->symbols,
                       .nodes = nodes,
                       .scopes = python_bind(arena, builder, nodes, root),
                       .scope = 1,
                       .copied_limit = COPY_FACTOR * (uint64_t)text_length(syntax_text(syntax))};
  builder_begin(builder, 1);
  python_lower_statement(&lowering, root);
  builder_end(builder);
  close_unlowered(builder, module);
  nodes_free(nodes);
  return module;
}
