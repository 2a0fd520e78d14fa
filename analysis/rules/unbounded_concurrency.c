#include "fanout.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# unbounded-concurrency\n"
    "\n"
    "## What it does\n"
    "Reports a fan-out that starts a request, a query or a file operation for every element of an input of unknown "
    "length,\n"
    "with nothing that limits how many run at once.\n"
    "\n"
    "## Why is this bad?\n"
    "It works with ten elements. With ten thousand it opens as many connections or files at the same time: the other "
    "side\n"
    "refuses, the limit of open files is hit, timeouts count the time spent waiting in line.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "await asyncio.gather(*(fetch(url) for url in urls))\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```python\n"
    "limit = asyncio.Semaphore(10)\n"
    "\n"
    "async def fetch_one(url):\n"
    "    async with limit:\n"
    "        return await fetch(url)\n"
    "\n"
    "await asyncio.gather(*(fetch_one(url) for url in urls))\n"
    "```\n";

enum { SOURCE_STEPS = 8 };

// What one function does, its callees included.
typedef struct Reach {
  bool capped;
  Span remote; // a call that reaches the outside; empty for none
} Reach;

typedef struct Load {
  RuleRun *run;
  Reach *by_function;
  bool connections_capped; // the file sets the limit of its HTTP client's connections
} Load;

static const Module *module_of(const Load *load) {
  return load->run->file->module;
}

// --- is there a cap

static bool is_cap(const Load *load, FunctionId function, const Instruction *instruction) {
  RuleRun *run = load->run;
  if (instruction->op == OP_ENTER)
    return code_value_uses(run, function, instruction->a, RESOURCE_CAP) ||
           flow_lock_of(run->file, function, instruction->a, NULL) ||
           resource_find_method(module_of(load), code_name(run, function, instruction->a), "*");
  if (!code_is_call(instruction))
    return false;
  const Resource *row = code_resource(run, function, instruction);
  if (row && row->uses & RESOURCE_CAP)
    return true;
  return instruction->op == OP_CALL && code_value_uses(run, function, instruction->a, RESOURCE_CAP);
}

// The default number of connections of an HTTP client is set where its limits are named.
static bool caps_connections(const Load *load, FunctionId function, const Instruction *call) {
  if (!code_is_call(call) || !call->c)
    return false;
  const char *path = code_path(load->run, function, call);
  return strcmp(path, "aiohttp.TCPConnector") == 0 || strcmp(path, "httpx.Limits") == 0 ||
         strcmp(path, "undici.Agent") == 0;
}

static void find_connection_caps(Load *load) {
  for (FunctionId id = 1; id < module_of(load)->functions.count; id++) {
    const Function *function = module_function(module_of(load), id);
    for (uint32_t i = 0; i < function->code.count; i++)
      if (caps_connections(load, id, &function->code.items[i]))
        load->connections_capped = true;
  }
}

// --- does the work reach the outside

// Letting go of what is open takes no more than was open.
static bool is_release(const Load *load, const Instruction *call) {
  static const char *const NAMES[] = {"close", "aclose",  "disconnect", "quit",       "end",
                                      "stop",  "release", "destroy",    "wait_closed"};
  const char *name = call->op == OP_CALL_METHOD ? symbol_text(module_of(load)->symbols, call->b) : "";
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (strcmp(name, NAMES[i]) == 0)
      return true;
  return false;
}

static bool reaches_outside(const Load *load, FunctionId function, const Instruction *instruction) {
  if (!code_is_call(instruction) || is_release(load, instruction))
    return false;
  const Resource *row = code_resource(load->run, function, instruction);
  return row && row->uses & RESOURCE_REMOTE;
}

static void join(Reach *into, const Reach *callee) {
  into->capped |= callee->capped;
  if (!into->remote.end)
    into->remote = callee->remote;
}

static void solve(Load *load, FunctionId id) {
  Reach *reach = &load->by_function[id];
  const Function *function = module_function(module_of(load), id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (is_cap(load, id, instruction))
      reach->capped = true;
    if (!reach->remote.end && reaches_outside(load, id, instruction))
      reach->remote = instruction->span;
    if (!code_is_call(instruction))
      continue;
    Callees callees = values_callees(load->run->file->values, id, instruction);
    for (uint32_t c = 0; c < callees.count; c++)
      join(reach, &load->by_function[callees.items[c].function]);
  }
}

// --- is the input of unknown length

static bool is_batch_name(const char *name) {
  static const char *const WORDS[] = {"batch", "chunk",  "slice",    "splice", "grouped",
                                      "take",  "sample", "nlargest", "limit",  "top"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (strstr(name, WORDS[i]))
      return true;
  return false;
}

static bool is_small_literal(const Load *load, const Instruction *made) {
  uint32_t count;
  const Operand *args = instruction_args(module_of(load), made, &count);
  for (uint32_t i = 0; i < count; i++)
    if (args[i].flags)
      return false;
  return count > 0;
}

static bool is_bounded(const Load *load, FunctionId function, Value value, unsigned depth);

static bool has_size_argument(const Load *load, FunctionId function, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(module_of(load), call, &count);
  for (uint32_t i = 0; i < count; i++) {
    char word[RESOURCE_WORD];
    resource_last_word(code_name(load->run, function, args[i].value), word);
    if (strcmp(word, "size") == 0 || strcmp(word, "limit") == 0 || strcmp(word, "count") == 0)
      return true;
  }
  return false;
}

static bool call_is_bounded(const Load *load, FunctionId function, const Instruction *call, unsigned depth) {
  RuleRun *run = load->run;
  const char *path = code_path(run, function, call);
  const char *name =
      call->op == OP_CALL_METHOD ? symbol_text(module_of(load)->symbols, call->b) : code_name(run, function, call->a);
  if (has_size_argument(load, function, call))
    return true;
  if (strcmp(path, "range") == 0 || is_batch_name(name))
    return strstr(code_text(run, function, call->result, NULL), "len#") == NULL;
  if (strcmp(path, "Array.from") == 0 || strcmp(path, "Array") == 0) {
    uint32_t count;
    const Operand *args = instruction_args(module_of(load), call, &count);
    return count != 1 || is_bounded(load, function, args[0].value, depth);
  }
  // `sorted(xs)`, `Object.keys(xs)`, `enumerate(xs)`, `xs.filter(…)`, `d.items()` are as long as what they are made of.
  const Model *model = values_model(run->file->values, function, call, NULL);
  if (!model)
    return false;
  if (call->op == OP_CALL_METHOD && (model->kind == MODEL_METHOD || model->kind == MODEL_CALL_NOW))
    return is_bounded(load, function, call->a, depth);
  bool carries = model->kind == MODEL_COPY || model->kind == MODEL_COLLECTION ||
                 (model->kind == MODEL_PURE && model->effects & EFFECT_VIEW);
  Value from = carries ? code_argument(run, call, 0, NULL) : 0;
  return from && is_bounded(load, function, from, depth);
}

// A literal that a variable or field holds, and nobody adds to.
static bool holds_literal(const Load *load, FunctionId function, Value value) {
  const FlowFile *file = load->run->file;
  Location places[VALUE_SET_LIMIT];
  uint32_t count = values_locations(file->values, function, value, places), level;
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *content = values_content(file->values, places[i]);
    if (content->count != 1 || content->open || abstract_kind(content->items[0]) != ABSTRACT_FRESH)
      continue;
    const Allocation *made = values_allocation(file->values, abstract_number(content->items[0]));
    const Instruction *instruction = code_at(load->run, made->function, made->instruction);
    uint8_t changes = flow_mutability(file, places[i], &level);
    if (instruction->op == OP_MAKE && is_small_literal(load, instruction) && !(changes >> 1 & 1))
      return true;
  }
  return false;
}

static bool is_variadic(const Load *load, FunctionId id, Value value) {
  const Function *function = module_function(module_of(load), id);
  for (uint32_t i = 0; i < function->parameters.count; i++)
    if (function->parameters.items[i].value == value)
      return function->parameters.items[i].flags;
  return false;
}

static bool is_bounded(const Load *load, FunctionId function, Value value, unsigned depth) {
  if (!depth || is_batch_name(code_name(load->run, function, value)) || is_variadic(load, function, value))
    return true;
  if (holds_literal(load, function, value))
    return true;
  Site site = code_source(load->run, function, value);
  if (site.index == CODE_NONE)
    return false;
  const Instruction *made = code_at(load->run, site.function, site.index);
  switch (made->op) {
  case OP_MAKE: {
    if (made->detail == MAKE_SLICE)
      return true;
    uint32_t count;
    const Operand *args = instruction_args(module_of(load), made, &count);
    if (count == 1 && args[0].flags)
      return is_bounded(load, site.function, args[0].value, depth - 1);
    return is_small_literal(load, made) || made->detail == MAKE_STRING;
  }
  case OP_CONST:
    return true;
  case OP_NEXT:
    return true; // an element of what is walked outside: one batch of many
  case OP_CALL:
  case OP_CALL_METHOD:
    return call_is_bounded(load, site.function, made, depth - 1);
  default:
    return false;
  }
}

// --- the report

// A loop that waits for tasks on the way never has all of them open.
static bool waits_in_loop(const Load *load, const Unit *unit) {
  if (unit->loop.head == CODE_NONE || unit->made.function != unit->starter)
    return false;
  const Function *function = module_function(module_of(load), unit->starter);
  for (uint32_t i = unit->loop.head + 1; i < unit->loop.end && i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (is_cap(load, unit->starter, instruction))
      return true;
    if (!unit->gathered && instruction->op == OP_AWAIT)
      return true;
    if (unit->gathered && instruction->op == OP_AWAIT && i != unit->start + 1)
      return true;
  }
  return false;
}

static Reach reach_of(const Load *load, const Unit *unit) {
  Reach reach = {0};
  const Instruction *made = code_at(load->run, unit->made.function, unit->made.index);
  if (unit->callee.function)
    return load->by_function[unit->callee.function];
  if (reaches_outside(load, unit->made.function, made))
    reach.remote = made->span;
  reach.capped = is_cap(load, unit->made.function, made);
  return reach;
}

static const char *source_name(const Load *load, const Unit *unit) {
  Value source = fanout_source(load->run, unit);
  const char *name = source ? code_display(load->run, unit->source.function, source) : "";
  return *name ? name : "an input of unknown length";
}

static void report(const Load *load, const Unit *unit, const Reach *reach) {
  RuleRun *run = load->run;
  const Instruction *start = code_at(run, unit->starter, unit->start);
  const char *name = source_name(load, unit);
  Candidate candidate = {
      .function = unit->starter, .origin = unit->starter, .first = start->span, .second = start->span};
  Report *report =
      rule_report(run, &candidate, EVIDENCE_IN_VIEW, start->span,
                  "this starts a task for every element of `%s`, all at once; each of them reaches outside the "
                  "program (line %u), and nothing limits how many do so at the same time",
                  name, rule_line(run, reach->remote));
  report->finding.variable = name;
  rule_place(run, report, PLACE_SECOND_ACCESS, reach->remote, "every task reaches outside the program here");
}

static void visit(Load *load, const Unit *unit) {
  Value source = fanout_source(load->run, unit);
  if (!source || is_bounded(load, unit->source.function, source, SOURCE_STEPS))
    return;
  const Instruction *head = code_at(load->run, unit->source.function, unit->source.index);
  if (head->op == OP_NEXT && head->flags & INSTRUCTION_ASYNC)
    return;
  Reach reach = reach_of(load, unit);
  if (!reach.remote.end || reach.capped || load->connections_capped || waits_in_loop(load, unit))
    return;
  // What the mapping function does on the way to the work.
  if (unit->made.function != unit->starter && load->by_function[unit->made.function].capped)
    return;
  report(load, unit, &reach);
}

static void check(RuleRun *run) {
  Load load = {run, ARENA_ARRAY(run->file->arena, Reach, run->file->module->functions.count), false};
  Units units = fanout_units(run);
  if (!units.all.count)
    return;
  find_connection_caps(&load);
  for (uint32_t i = 0; i < run->graph->function_count; i++)
    solve(&load, run->graph->bottom_up[i]);
  for (uint32_t i = 0; i < units.all.count; i++) {
    bool again = i > 0 && units.all.items[i].starter == units.all.items[i - 1].starter &&
                 units.all.items[i].start == units.all.items[i - 1].start;
    if (units.all.items[i].many && !again)
      visit(&load, &units.all.items[i]);
  }
}

const Rule unbounded_concurrency_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
