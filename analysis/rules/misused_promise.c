#include "awaitables.h"

static const char DOCUMENTATION[] =
    "# misused-promise\n"
    "\n"
    "## What it does\n"
    "Reports a promise where a plain value is expected: an async callback of `forEach`, of `filter` and its kin, of a\n"
    "`reduce` that does not await what it has so far, of `new Promise`; and the promise of an async function as a "
    "condition,\n"
    "an operand, a part of a template or a spread.\n"
    "\n"
    "## Why is this bad?\n"
    "`forEach` ignores its callback's promises: the code goes on before any is done. To `filter`, `some` or `if` a "
    "promise\n"
    "is true, whatever it will resolve to. What an async function given to `new Promise` throws rejects nothing.\n"
    "\n"
    "## Example\n"
    "```js\n"
    "items.forEach(async (item) => {\n"
    "  await save(item);\n"
    "});\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```js\n"
    "for (const item of items) {\n"
    "  await save(item);\n"
    "}\n"
    "```\n"
    "or `await Promise.all(items.map(save))`.\n";

enum { CHAIN_LIMIT = 6 };

typedef struct Search {
  RuleRun *run;
  const Module *module;
  Values *values;
  Awaitables *awaitables;
  FunctionId id;
  const Function *function;
} Search;

static void report(const Search *search, const Instruction *call, Span span, const char *format) {
  const char *name = awaitable_name(search->awaitables, search->id, call);
  const char *message =
      arena_printf(search->run->file->arena, format, awaitable_words(search->awaitables, search->id, call));
  awaitable_report(search->run, search->id, span, true, name, message);
}

// --- callbacks

// From the call's start to the callback's first token: the body may be long.
static Span head_of(const Search *search, const Instruction *call, Value callback) {
  const ValueSet *set = values_of(search->values, search->id, callback);
  if (set->count != 1 || abstract_kind(set->items[0]) != ABSTRACT_FUNCTION)
    return call->span;
  Span head = module_function(search->module, abstract_number(set->items[0]))->name_span;
  return span_holds(call->span, head) ? (Span){call->span.start, head.end} : call->span;
}

// Something else than an array may wait for its callbacks (a stream, a cursor): then its own result is awaited, or that
// of the methods that follow.
static bool is_waited_for(const Search *search, const Instruction *call, unsigned depth) {
  UseList uses = uses_of(awaitables_uses(search->awaitables, search->id), call->result);
  for (uint32_t i = 0; i < uses.count; i++) {
    const Instruction *use = uses.items[i].instruction;
    if (use->op == OP_AWAIT)
      return true;
    if (use->op != OP_CALL_METHOD || uses.items[i].field != USE_A)
      continue;
    const Model *model = values_model(search->values, search->id, use, NULL);
    if ((model && model->effects & EFFECT_CHAIN) || (depth && is_waited_for(search, use, depth - 1)))
      return true;
  }
  return false;
}

static bool is_array(const Search *search, Value receiver) {
  const ValueSet *set = values_of(search->values, search->id, receiver);
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_FRESH &&
        !values_allocation(search->values, abstract_number(set->items[i]))->type)
      return true;
  return false;
}

// Whether a reducer does something else with what it has so far than await it, chain to it or hand it on.
static bool ignores_promise(const Search *search, Value callback) {
  const ValueSet *set = values_of(search->values, search->id, callback);
  if (set->count != 1 || abstract_kind(set->items[0]) != ABSTRACT_FUNCTION)
    return false;
  FunctionId id = abstract_number(set->items[0]);
  const Function *reducer = module_function(search->module, id);
  if (!reducer->parameters.count)
    return false;
  UseList uses = uses_of(awaitables_uses(search->awaitables, id), reducer->parameters.items[0].value);
  bool misused = false;
  for (uint32_t i = 0; i < uses.count; i++) {
    const Instruction *use = uses.items[i].instruction;
    switch (use->op) {
    case OP_COMPUTE:
    case OP_SET_FIELD:
    case OP_SET_ITEM:
      misused |= uses.items[i].field == USE_A || use->op == OP_COMPUTE;
      break;
    case OP_MAKE:
      misused |= use->detail == MAKE_STRING || uses.items[i].operand->flags;
      break;
    case OP_CALL_METHOD: {
      const Model *model = values_model(search->values, id, use, NULL);
      if (uses.items[i].field != USE_A || (model && model->effects & EFFECT_CHAIN))
        return false;
      misused = true;
      break;
    }
    case OP_RETURN:
      break;
    default:
      return false;
    }
  }
  return misused && uses.complete;
}

static bool is_async(const Search *search, Value callback) {
  const ValueSet *set = values_of(search->values, search->id, callback);
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) != ABSTRACT_FUNCTION ||
        !(module_function(search->module, abstract_number(set->items[i]))->flags & FUNCTION_ASYNC))
      return false;
  return true;
}

static const char *misuse_of(const Search *search, const Instruction *call, const Model *model, Awaitable kind,
                             Value callback) {
  if (model->effects & EFFECT_DROPS && kind == AWAITABLE_OPEN)
    return "%s ignores the promises of its async callback: nobody waits for them, and a rejection is unhandled";
  if (model->effects & EFFECT_TESTS)
    return "%s takes the promise of its async callback for its answer: a promise is always true";
  if (model->effects & EFFECT_FOLDS && ignores_promise(search, callback))
    return "the async callback of %s gets the promise of the step before, and uses it without `await`";
  (void)call;
  return NULL;
}

static void check_callback(const Search *search, const Instruction *call, const Model *model) {
  uint32_t count;
  const Operand *args = instruction_args(search->module, call, &count);
  if (!count || args[0].flags)
    return;
  Awaitable kind = awaitable_of_callback(search->awaitables, search->id, args[0].value);
  if (!kind)
    return;
  if (model->effects & EFFECT_EXECUTES) {
    if (kind == AWAITABLE_OPEN && is_async(search, args[0].value))
      report(
          search, call, head_of(search, call, args[0].value),
          "what the async function given to `new Promise` throws rejects nothing: the promise stays pending for ever");
    return;
  }
  const char *misuse = misuse_of(search, call, model, kind, args[0].value);
  bool folds = model->effects & EFFECT_FOLDS;
  if (!misuse || (!folds && !is_array(search, call->a) && is_waited_for(search, call, CHAIN_LIMIT)))
    return;
  report(search, call, head_of(search, call, args[0].value), misuse);
}

// --- promises as values

typedef enum Usage {
  USAGE_NONE,      // says nothing
  USAGE_TEST,      // of a variable: whether there is a promise
  USAGE_CONDITION, // of the promise itself, which is always true
  USAGE_OPERAND,
} Usage;

static Usage usage_of_operator(Operator operator, bool direct) {
  switch (operator) {
  case OPERATOR_NOT:
    return direct ? USAGE_CONDITION : USAGE_TEST;
  case OPERATOR_EQUAL:
  case OPERATOR_NOT_EQUAL:
    return direct ? USAGE_OPERAND : USAGE_TEST;
  case OPERATOR_ADD:
  case OPERATOR_LESS:
  case OPERATOR_GREATER:
  case OPERATOR_IN:
  case OPERATOR_NOT_IN:
  case OPERATOR_MATCH:
    return USAGE_OPERAND;
  default:
    return USAGE_NONE;
  }
}

static Usage usage_of(const Search *search, const Use *use, const Instruction *call) {
  const Instruction *instruction = use->instruction;
  if (use->field != USE_A && use->field != USE_ARGUMENT)
    return USAGE_NONE; // stored somewhere
  Value value = use->operand ? use->operand->value : instruction->a;
  if (awaitable_definition(search->awaitables, search->id, value) != call)
    return USAGE_NONE;
  switch (instruction->op) {
  case OP_BRANCH:
    return value == call->result ? USAGE_CONDITION : USAGE_TEST;
  case OP_COMPUTE:
    return usage_of_operator((Operator)instruction->detail, value == call->result);
  case OP_MAKE:
    return instruction->detail == MAKE_STRING || use->operand->flags ? USAGE_OPERAND : USAGE_NONE;
  case OP_CALL:
  case OP_CALL_METHOD:
    return use->operand && use->operand->flags ? USAGE_OPERAND : USAGE_NONE;
  case OP_ITERATE:
    return instruction->flags & INSTRUCTION_ASYNC ? USAGE_NONE : USAGE_OPERAND;
  default:
    return USAGE_NONE;
  }
}

static bool is_waited_for_or_optional(const Instruction *use) {
  return use->op == OP_AWAIT || use->flags & INSTRUCTION_OPTIONAL; // `f()?.then(…)` tests before it chains
}

static Usage worst_usage(const Search *search, const Instruction *call) {
  UseList uses = uses_of(awaitables_uses(search->awaitables, search->id), call->result);
  Usage worst = USAGE_NONE;
  bool tests_alone = uses.complete;
  for (uint32_t i = 0; i < uses.count; i++) {
    if (is_waited_for_or_optional(uses.items[i].instruction))
      return USAGE_NONE;
    Usage usage = usage_of(search, &uses.items[i], call);
    tests_alone &= usage != USAGE_NONE;
    if (usage > worst)
      worst = usage;
  }
  return worst == USAGE_TEST && tests_alone ? USAGE_CONDITION : worst;
}

static void check_value(const Search *search, const Instruction *call) {
  if (!awaitable_of_call(search->awaitables, search->id, call))
    return;
  Usage usage = worst_usage(search, call);
  if (usage == USAGE_CONDITION)
    report(search, call, call->span, "the promise of %s is tested instead of what it resolves to: it is always true");
  else if (usage == USAGE_OPERAND)
    report(search, call, call->span,
           "the promise of %s is used like the value that it resolves to: `await` is missing");
}

static void check_call(const Search *search, const Instruction *call) {
  check_value(search, call);
  if (values_callees(search->values, search->id, call).count)
    return;
  const Model *model = values_model(search->values, search->id, call, NULL);
  if (!model)
    return;
  bool executes = model->effects & EFFECT_EXECUTES && call->flags & INSTRUCTION_NEW;
  if (executes || model->effects & (EFFECT_DROPS | EFFECT_TESTS | EFFECT_FOLDS))
    check_callback(search, call, model);
}

static void check(RuleRun *run) {
  const Module *module = run->file->module;
  if (!module->traits.call_starts_async)
    return;
  Search search = {.run = run, .module = module, .values = run->file->values, .awaitables = awaitables_new(run)};
  for (FunctionId id = 1; id < module->functions.count; id++) {
    search.id = id, search.function = module_function(module, id);
    if (search.function->flags & FUNCTION_TRUNCATED)
      continue;
    for (uint32_t i = 0; i < search.function->code.count; i++) {
      const Instruction *instruction = &search.function->code.items[i];
      if (instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD)
        check_call(&search, instruction);
    }
  }
}

const Rule misused_promise_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
