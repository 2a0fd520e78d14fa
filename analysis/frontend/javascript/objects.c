// Object literals. One that has functions that use `this` is a class of its own.
#include "lowering.h"

static bool is_member_function(Lowering *lowering, Node property, Node *function) {
  Kind kind = lowering_kind(lowering, property);
  if (kind == KIND_METHOD) {
    *function = property;
    return true;
  }
  if (kind != KIND_PAIR)
    return false;
  *function = lowering_field(lowering, property, FIELD_VALUE);
  return lowering_kind(lowering, *function) == KIND_FUNCTION_EXPRESSION;
}

static bool uses_this(Lowering *lowering, const NodeList *properties) {
  for (uint32_t i = 0; i < properties->count; i++) {
    Node function;
    if (!is_member_function(lowering, properties->items[i], &function))
      continue;
    FunctionId id = bindings_function(lowering->bindings, function);
    if (id && bindings_uses_this(lowering->bindings, id))
      return true;
  }
  return false;
}

static const ClassContext *declare_literal(Lowering *lowering, Node node, Naming naming, Symbol prefix, ClassId owner) {
  ClassContext *context = ARENA_NEW(lowering->arena, ClassContext);
  *context = (ClassContext){.id = owner, .qualified = prefix};
  if (owner)
    return context;
  Class *class = builder_declare_class(lowering->builder, &context->id);
  class->name = naming.name, class->qualified = context->qualified = prefix;
  class->flags = CLASS_LITERAL | (naming.exported ? CLASS_EXPORTED : 0);
  class->function = lowering->function;
  class->span = lowering_span(lowering, node);
  class->name_span = (Span){class->span.start, class->span.start + 1};
  return context;
}

typedef struct Literal {
  const ClassContext *class; // NULL: a plain object
  Symbol prefix;
  bool exported;
} Literal;

static Naming property_naming(const Lowering *lowering, const Literal *literal, Symbol name) {
  Symbol qualified = name ? symbol_join(lowering->symbols, literal->prefix, name) : 0;
  return (Naming){.name = name, .qualified = qualified, .exported = literal->exported};
}

// Methods, and function expressions where the object is a class.
static void push_member(Lowering *lowering, const Literal *literal, Node function, Symbol name) {
  uint32_t flags = literal->class ? FUNCTION_METHOD : 0;
  FunctionId id = lower_function(lowering, function, property_naming(lowering, literal, name), flags, literal->class);
  if (!id)
    return;
  bool accessor = module_function(lowering->module, id)->flags & (FUNCTION_GETTER | FUNCTION_SETTER);
  if (literal->class)
    add_member(lowering, literal->class->id, name, id);
  Value closure = emit_closure(lowering, id, lowering_span(lowering, function));
  operands_push(lowering, (Operand){.value = closure, .name = accessor ? 0 : name});
}

static void push_pair(Lowering *lowering, const Literal *literal, Node pair) {
  Node key = lowering_field(lowering, pair, FIELD_KEY), value = lowering_field(lowering, pair, FIELD_VALUE);
  Symbol name = lowering_property(lowering, key);
  Node computed = !name && lowering_kind(lowering, key) == KIND_COMPUTED_PROPERTY ? lowering_operand(lowering, key) : 0;
  if (computed)
    lower_effect(lowering, computed);
  if (!value)
    return;
  if (literal->class && lowering_kind(lowering, value) == KIND_FUNCTION_EXPRESSION)
    push_member(lowering, literal, value, name);
  else {
    Value item = lower_named(lowering, value, property_naming(lowering, literal, name));
    operands_push(lowering, (Operand){.value = item, .name = name});
  }
}

static void push_property(Lowering *lowering, const Literal *literal, Node property) {
  switch (lowering_kind(lowering, property)) {
  case KIND_PAIR:
    push_pair(lowering, literal, property);
    break;
  case KIND_METHOD:
    push_member(lowering, literal, property,
                lowering_property(lowering, lowering_field(lowering, property, FIELD_NAME)));
    break;
  case KIND_SPREAD: {
    Node inner = lowering_operand(lowering, property);
    if (!inner)
      break;
    operands_push(lowering, (Operand){.value = lower_expression(lowering, inner), .flags = OPERAND_SPREAD_MAP});
    break;
  }
  case KIND_SHORTHAND_PROPERTY:
    operands_push(lowering,
                  (Operand){.value = lower_expression(lowering, property), .name = lowering_text(lowering, property)});
    break;
  default:
    operands_push(lowering, (Operand){.value = lower_expression(lowering, property)});
    break;
  }
}

Value lower_object(Lowering *lowering, Node node) {
  Naming naming = lowering->naming;
  NodeList properties = lowering_named(lowering, node);
  ClassId owner = lowering->literal_class;
  lowering->literal_class = 0;
  Literal literal = {.prefix = naming.qualified ? naming.qualified : lowering->qualified, .exported = naming.exported};
  // A `finally` body is lowered more than once: one class would become several.
  if (!lowering->cleanups && uses_this(lowering, &properties))
    literal.class = declare_literal(lowering, node, naming, literal.prefix, owner);
  uint32_t mark = operands_mark(lowering);
  for (uint32_t i = 0; i < properties.count; i++)
    push_property(lowering, &literal, properties.items[i]);
  ClassId class_id = literal.class ? literal.class->id : 0;
  Value object = operands_emit(lowering, mark, OP_MAKE, class_id, 0, lowering_span(lowering, node));
  builder_last(lowering->builder)->detail = MAKE_OBJECT;
  lowering->made = (Meaning){.class_id = class_id};
  return object;
}
