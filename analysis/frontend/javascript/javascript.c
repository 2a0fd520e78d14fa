#include "../frontend.h"
#include "lowering.h"

// --- values

void lowering_truncate(Lowering *lowering) {
  lowering->module->functions.items[lowering->function].flags |= FUNCTION_TRUNCATED;
}

Value lowering_opaque(Lowering *lowering, Node node) {
  return builder_opaque(lowering->builder, NULL, 0, lowering_span(lowering, node));
}

Value lowering_null(Lowering *lowering, Node node) {
  return builder_constant(lowering->builder, CONSTANT_NULL, 0, lowering_span(lowering, node));
}

// A local gets its value at its first use; the builder takes what has none for a cell.
static void settle_local(Lowering *lowering, VariableId variable) {
  bool own = module_variable(lowering->module, variable)->owner == lowering->function;
  if (own && !bindings_is_cell(lowering->bindings, variable))
    builder_local(lowering->builder, variable);
}

Value lowering_read(Lowering *lowering, VariableId variable, Span span) {
  settle_local(lowering, variable);
  return builder_read(lowering->builder, variable, span);
}

void lowering_write(Lowering *lowering, VariableId variable, Value value, Span span) {
  if (module_variable(lowering->module, variable)->kind == VARIABLE_IMPORT)
    return; // bound by its declaration
  settle_local(lowering, variable);
  builder_write(lowering->builder, variable, value, span);
}

Meaning *lowering_meaning(Lowering *lowering, VariableId variable) {
  while (lowering->meanings.count <= variable)
    (void)array_add(lowering->arena, &lowering->meanings);
  return &lowering->meanings.items[variable];
}

void lowering_mark_discarded(Lowering *lowering, Value value) {
  if (!value || !builder_is_open(lowering->builder))
    return;
  Instruction *last = builder_last(lowering->builder);
  if (last && last->result == value && last->op != OP_MOVE)
    last->flags |= INSTRUCTION_DISCARDED;
}

Naming lowering_naming(Lowering *lowering, Symbol name) {
  Symbol qualified = name ? symbol_join(lowering->symbols, lowering->qualified, name) : 0;
  return (Naming){.name = name, .qualified = qualified};
}

// --- operands

uint32_t operands_mark(const Lowering *lowering) {
  return lowering->operands.count;
}

void operands_push(Lowering *lowering, Operand operand) {
  array_push(lowering->arena, &lowering->operands, operand);
}

Value operands_emit(Lowering *lowering, uint32_t mark, Op op, uint32_t a, uint32_t b, Span span) {
  uint32_t count = lowering->operands.count - mark;
  Value result =
      builder_emit_args(lowering->builder, op, a, b, count ? &lowering->operands.items[mark] : NULL, count, span);
  if (op == OP_OPAQUE)
    result = builder_last(lowering->builder)->result = builder_temporary(lowering->builder);
  lowering->operands.count = mark;
  return result;
}

// --- the file

static void lower_program(Lowering *lowering, Node root) {
  Function *function = &lowering->module->functions.items[1];
  function->span = function->name_span = lowering_span(lowering, root);
  lowering->function = 1;
  builder_begin(lowering->builder, 1);
  lower_statements(lowering, root);
  builder_end(lowering->builder);
}

static void lower_tasks(Lowering *lowering) {
  while (lowering->next_task < lowering->tasks.count) {
    Task task = lowering->tasks.items[lowering->next_task++];
    lower_task(lowering, &task);
  }
}

// Functions that nothing reached, beyond the depth limit or in syntax errors, are lowered on their own.
static void lower_strays(Lowering *lowering) {
  for (FunctionId id = 2; id < lowering->module->functions.count; id++) {
    Node node = bindings_node(lowering->bindings, id);
    if (lowering->queued[id] || lowering_kind(lowering, node) == KIND_CLASS_BODY)
      continue;
    lowering->receiver = 0, lowering->qualified = 0, lowering->class = NULL;
    Symbol name = lowering_property(lowering, lowering_field(lowering, node, FIELD_NAME));
    lower_function(lowering, node, lowering_naming(lowering, name), 0, NULL);
    lower_tasks(lowering);
  }
}

// What still has no body, such as the constructor that a class inside a syntax error would have, stays empty.
static void fill_functions(Lowering *lowering) {
  for (FunctionId id = 2; id < lowering->module->functions.count; id++) {
    if (lowering->queued[id])
      continue;
    Function *function = &lowering->module->functions.items[id];
    function->flags |= FUNCTION_TRUNCATED;
    function->name_span = function->span;
    builder_begin(lowering->builder, id);
    builder_end(lowering->builder);
  }
}

Module *javascript_lower(const Syntax *syntax, Arena *arena) {
  Builder *builder =
      builder_new(arena, (Traits){.await_always_suspends = true, .call_starts_async = true, .length_cuts = true});
  Lowering lowering = {.arena = arena, .builder = builder, .module = builder_module(builder)};
  lowering.symbols = lowering.module->symbols;
  lowering.tree = tree_new(syntax);
  lowering.bindings = bindings_new(arena, builder, lowering.tree);
  lowering.queued = ARENA_ARRAY(arena, bool, lowering.module->functions.count);
  lower_program(&lowering, lowering.tree->root);
  lower_tasks(&lowering);
  lower_strays(&lowering);
  fill_functions(&lowering);
  finish_exports(&lowering);
  nodes_free(lowering.tree);
  return lowering.module;
}
