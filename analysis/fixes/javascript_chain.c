#include "javascript_chain.h"
#include <string.h>

static const char *const CLASSES[] = {"class_declaration", "class", "abstract_class_declaration", NULL};
static const char *const LISTS[] = {"program", "statement_block", NULL};

static TSNode class_node(const FixRun *run, ClassId id) {
  TSNode none = {0};
  const Class *class = module_class(fix_module(run), id);
  if (class->flags & CLASS_LITERAL)
    return none;
  TSNode node = syntax_node_enclosing(source_node(&run->source, class->name_span), CLASSES);
  return ts_node_is_null(node) ? syntax_node_enclosing(source_node(&run->source, class->span), CLASSES) : node;
}

// --- planning

static const char *fresh(const FixRun *run, const char *name) {
  return source_fresh_name(&run->source, run->arena, name, true);
}

// The receiver of a function is `this` in arrow functions inside of it, but not in other functions.
static FunctionId method_of(const FixRun *run, FunctionId function) {
  FunctionId method = lock_receiver_method(run, function);
  for (FunctionId id = function; id && id != method; id = fix_function(run, id)->parent) {
    TSNode node = syntax_node_function(source_node(&run->source, fix_function(run, id)->span));
    if (!syntax_node_is(node, "arrow_function"))
      return 0;
  }
  return method;
}

bool javascript_chain_plan(const FixRun *run, JavaScriptChain *chain) {
  const Candidate *candidate = &run->report->candidate;
  const FlowFile *file = run->rules->file;
  const LocationRow *root = location_row(file->locations, location_root_of(file->locations, candidate->location));
  *chain = (JavaScriptChain){.tail = fresh(run, "tail"), .helper = fresh(run, "exclusive")};
  if (root->root == ROOT_VARIABLE) {
    const Variable *variable = module_variable(fix_module(run), root->name);
    if (file->is_state[root->name])
      return false;
    chain->beside = root->name;
    chain->tail = fresh(run, arena_printf(run->arena, "%sTail", fix_symbol(run, variable->name)));
    return true;
  }
  FunctionId method = method_of(run, candidate->origin);
  ClassId own = method ? fix_function(run, method)->class_id : 0;
  bool same = root->root == ROOT_SELF && values_classes_related(file->values, own, root->name);
  ClassId class = same ? root->name : own;
  if (class && !ts_node_is_null(class_node(run, class))) {
    chain->class_id = class;
    chain->tail = arena_printf(run->arena, "#%s", chain->tail);
    chain->helper = arena_printf(run->arena, "#%s", chain->helper);
  }
  return root->root == ROOT_SELF || root->root == ROOT_EXTERNAL;
}

const char *javascript_chain_call(const FixRun *run, const JavaScriptChain *chain, FunctionId function) {
  if (chain->class_id) {
    FunctionId method = method_of(run, function);
    bool own = method && fix_function(run, method)->class_id == chain->class_id; // private names are not inherited
    return own ? arena_printf(run->arena, "this.%s", chain->helper) : NULL;
  }
  const Variable *variable = chain->beside ? module_variable(fix_module(run), chain->beside) : NULL;
  while (variable && variable->kind == VARIABLE_LOCAL && function && function != variable->owner)
    function = fix_function(run, function)->parent;
  return function ? chain->helper : NULL;
}

// --- making

// The chain's two declarations. `declare` goes before the promise, `define` before the helper, `self` before the names.
static const char *declarations(const FixRun *run, const JavaScriptChain *chain, const char *indent, const char *unit) {
  bool member = chain->class_id;
  const char *self = member ? "this." : "";
  const char *type = run->source.typescript ? ": Promise<unknown>" : "";
  const char *work = run->source.typescript ? "<T>(work: () => Promise<T>): Promise<T>" : "(work)";
  return arena_printf(run->arena,
                      "%s%s%s = Promise.resolve();\n\n"
                      "%s%s%s%s {\n"
                      "%s%sconst run = %s%s.then(work);\n"
                      "%s%s%s%s = run.catch(() => {});\n"
                      "%s%sreturn run;\n"
                      "%s}",
                      member ? "" : "let ", chain->tail, type, indent, member ? "" : "function ", chain->helper, work,
                      indent, unit, self, chain->tail, indent, unit, self, chain->tail, indent, unit, indent);
}

static void insert_before(const FixRun *run, Edits *edits, const JavaScriptChain *chain, TSNode node) {
  const char *indent = source_indent(&run->source, run->arena, ts_node_start_byte(node));
  const char *text = declarations(run, chain, indent, region_indent_unit(run, node));
  edits_insert(edits, ts_node_start_byte(node), "%s\n\n%s", text, indent);
}

static bool is_field(TSNode member) {
  return syntax_node_is(member, "field_definition") || syntax_node_is(member, "public_field_definition");
}

// Behind a node, and apart from what comes next.
static void insert_behind(const FixRun *run, Edits *edits, const JavaScriptChain *chain, TSNode node) {
  const Source *source = &run->source;
  const char *indent = source_indent(source, run->arena, ts_node_start_byte(node));
  const char *text = declarations(run, chain, indent, region_indent_unit(run, node));
  uint32_t end = source_line_end(source, ts_node_end_byte(node)), next = source_next_line(source, end);
  bool apart = next == source->length || source_line_end(source, next) == next;
  edits_insert(edits, end, "\n%s%s%s", indent, text, apart ? "" : "\n");
}

// Behind the fields at the top of the class.
static void add_to_class(const FixRun *run, Edits *edits, const JavaScriptChain *chain) {
  TSNode body = syntax_node_field(class_node(run, chain->class_id), "body"), last = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
    TSNode member = ts_node_named_child(body, i);
    if (is_field(member))
      last = member;
    if (!is_field(member) && !syntax_node_is(member, "comment"))
      break;
  }
  if (ts_node_is_null(last)) {
    insert_before(run, edits, chain, ts_node_named_child(body, 0));
    return;
  }
  insert_behind(run, edits, chain, last);
}

// The statement around an offset that stands in a program or a function's body.
static TSNode statement_around(const FixRun *run, uint32_t at) {
  TSNode node = source_node(&run->source, (Span){at, at});
  while (!ts_node_is_null(ts_node_parent(node)) && !syntax_node_is_one_of(ts_node_parent(node), LISTS))
    node = ts_node_parent(node);
  return node;
}

static TSNode top_statement(const FixRun *run, uint32_t at) {
  TSNode node = source_node(&run->source, (Span){at, at});
  while (!ts_node_is_null(ts_node_parent(node)) && !syntax_node_is(ts_node_parent(node), "program"))
    node = ts_node_parent(node);
  return node;
}

static bool is_function_or_class(TSNode node) {
  return syntax_node_is_function(node) || syntax_node_is_one_of(node, CLASSES);
}

void javascript_chain_make(const FixRun *run, Edits *edits, const JavaScriptChain *chain) {
  if (chain->class_id) {
    add_to_class(run, edits, chain);
    return;
  }
  const Variable *variable = chain->beside ? module_variable(fix_module(run), chain->beside) : NULL;
  if (!variable) {
    insert_before(run, edits, chain, top_statement(run, fix_function(run, run->report->candidate.origin)->span.start));
    return;
  }
  TSNode statement = variable->parameter ? (TSNode){0} : statement_around(run, variable->declaration.start);
  if (ts_node_is_null(statement) || is_function_or_class(statement)) {
    TSNode function = syntax_node_function(source_node(&run->source, fix_function(run, variable->owner)->span));
    insert_before(run, edits, chain, ts_node_named_child(syntax_node_field(function, "body"), 0));
    return;
  }
  insert_behind(run, edits, chain, statement);
}

// --- locks that the file has

static bool is_async_mutex(const FixRun *run, Location lock) {
  const Values *values = run->rules->file->values;
  const ValueSet *set = values_content(values, lock);
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH)
      continue;
    const Model *model = values_allocation(values, abstract_number(set->items[i]))->model;
    if (model && strcmp(model->path, "async-mutex.Mutex") == 0)
      return true;
  }
  return false;
}

// Whether the function calls its parameter, or has `then` call it.
static bool runs_its_argument(const FixRun *run, const Function *function) {
  if (function->parameters.count != 1)
    return false;
  const char *name = fix_symbol(run, function->parameters.items[0].name);
  const char *forms[] = {arena_printf(run->arena, "%s(", name), arena_printf(run->arena, "then(%s", name)};
  const char *source = source_copy(&run->source, run->arena, function->span);
  return *name && (strstr(source, forms[0]) || strstr(source, forms[1]));
}

// The function that runs its only argument under the lock.
static FunctionId helper_of(const FixRun *run, Location lock) {
  const CallGraph *graph = run->rules->graph;
  for (uint32_t i = 0; i < graph->count; i++) {
    if (graph->edges[i].lock != lock)
      continue;
    FunctionId id = graph->edges[i].caller;
    while (id && fix_function(run, id)->flags & FUNCTION_LAMBDA)
      id = fix_function(run, id)->parent;
    if (id && runs_its_argument(run, fix_function(run, id)))
      return id;
  }
  return 0;
}

const char *javascript_lock_call(const FixRun *run, Location lock, FunctionId function) {
  const char *name = lock_expression(run, function, lock);
  if (!name)
    return NULL;
  if (is_async_mutex(run, lock))
    return arena_printf(run->arena, "%s.runExclusive", name);
  FunctionId helper = helper_of(run, lock);
  if (!helper)
    return NULL;
  const Function *item = fix_function(run, helper);
  const char *called = fix_symbol(run, item->name);
  return item->flags & FUNCTION_METHOD ? arena_printf(run->arena, "this.%s", called) : called;
}
