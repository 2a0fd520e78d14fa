// The accesses and the suspension between them as one piece of work, run after the one before it: on the lock that
// guards the location already, or on a promise chain made where the location is shared.
#include "javascript_lock.h"
#include "lock_sites.h"

static const char *const YIELDS[] = {"yield_expression", NULL};
static const char *const LOOPS[] = {
    "while_statement", "for_statement", "for_in_statement", "do_statement", "switch_statement", NULL,
};

// --- what may leave a function

typedef struct Leaving {
  Span region;
  bool returns, jumps;
} Leaving;

static bool look(TSNode node, void *context) {
  Leaving *leaving = context;
  Span span = syntax_node_span(node);
  if (span.end <= leaving->region.start || leaving->region.end <= span.start)
    return false;
  if (!span_holds(leaving->region, span))
    return true;
  if (syntax_node_is_function(node))
    return false;
  if (syntax_node_is(node, "return_statement"))
    leaving->returns = true;
  if (syntax_node_is(node, "break_statement") || syntax_node_is(node, "continue_statement")) {
    TSNode loop = syntax_node_enclosing(node, LOOPS);
    bool labelled = ts_node_named_child_count(node) > 0;
    if (labelled || ts_node_is_null(loop) || !span_holds(leaving->region, syntax_node_span(loop)))
      leaving->jumps = true;
  }
  return true;
}

static Leaving leaving_of(const Region *region) {
  Leaving leaving = {.region = region->span};
  syntax_node_walk(region->list, look, &leaving);
  return leaving;
}

static bool is_body(const Region *region) {
  return ts_node_eq(syntax_node_field(region->function, "body"), region->list);
}

// --- names that the region binds

static bool binds_for_later(const FixRun *run, const Region *region) {
  static const char *const DECLARATIONS[] = {
      "lexical_declaration", "variable_declaration", "function_declaration", "class_declaration", NULL,
  };
  Region rest = *region;
  region_to_end(&rest);
  Span behind = {region->span.end, rest.span.end};
  for (TSNode node = region->first; !ts_node_is_null(node); node = ts_node_next_named_sibling(node)) {
    if (ts_node_start_byte(node) >= region->span.end)
      break;
    if (!syntax_node_is_one_of(node, DECLARATIONS))
      continue;
    const Module *module = fix_module(run);
    for (VariableId id = 1; id < module->variables.count; id++) {
      const Variable *variable = module_variable(module, id);
      if (variable->kind == VARIABLE_LOCAL && span_holds(syntax_node_span(node), variable->declaration) &&
          source_uses(&run->source, behind, fix_symbol(run, variable->name), false))
        return true;
    }
  }
  return false;
}

// Work is a function: what it binds stays inside, and it is left by its end or, where nothing follows, by `return`.
static const char *widen(FixRun *run, FunctionId function, Region *region) {
  if (source_has(&run->source, region->span, YIELDS))
    return "`yield` cannot leave the work";
  for (;;) {
    Leaving leaving = leaving_of(region);
    if (!leaving.jumps && binds_for_later(run, region))
      region_to_end(region);
    leaving = leaving_of(region);
    if (leaving.returns && is_body(region))
      region_to_end(region);
    bool leaves = leaving.jumps || (leaving.returns && !is_body(region));
    if (!leaves)
      break;
    if (!region_outwards(run, region))
      return "`break` and `continue` cannot leave the work";
  }
  bool returns = leaving_of(region).returns;
  if (syntax_node_is_async(region->function) || returns)
    return NULL;
  return arena_printf(run->arena, "`%s` is not async and cannot wait for its turn",
                      rule_function(run->rules, function));
}

// --- writing

static void write_site(const FixRun *run, Edits *edits, const Region *region, const char *call) {
  const char *how = leaving_of(region).returns ? "return" : "await";
  if (region->inside_line) {
    edits_insert(edits, region->span.start, "%s %s(async () => { ", how, call);
    edits_insert(edits, region->span.end, " });");
    return;
  }
  const char *indent = source_indent(&run->source, run->arena, region->span.start);
  edits_insert(edits, source_line_start(&run->source, region->span.start), "%s%s %s(async () => {\n", indent, how,
               call);
  region_indent(run, edits, region, 1);
  edits_insert(edits, source_line_end(&run->source, region->span.end), "\n%s})%s", indent,
               run->source.semicolons ? ";" : "");
}

static const char *write_sites(const LockSites *sites, const JavaScriptChain *chain, Edits *edits) {
  FixRun *run = sites->run;
  for (uint32_t i = 0; i < sites->items.count; i++) {
    const LockSite *site = &sites->items.items[i];
    const char *call = sites->guard ? javascript_lock_call(run, sites->guard, site->function)
                                    : javascript_chain_call(run, chain, site->function);
    if (!call)
      return arena_printf(run->arena, "`%s` cannot reach the lock", rule_function(run->rules, site->function));
    if (site->other && sites->guard)
      return "another lock is held there already";
    write_site(run, edits, &site->region, call);
  }
  return NULL;
}

// Whether the work calls, directly or not, a function that would wait for it to end.
static bool reaches(const LockSites *sites, FunctionId from, bool *seen, Span region) {
  const CallGraph *graph = sites->run->rules->graph;
  ARRAY(FunctionId) pending = {0};
  for (uint32_t i = 0; i < graph->count; i++) {
    const Edge *edge = &graph->edges[i];
    Span call = fix_function(sites->run, edge->caller)->code.items[edge->instruction].span;
    if (edge->caller == from && edge->kind == EDGE_CALL && span_holds(region, call))
      array_push(sites->run->arena, &pending, edge->callee.function);
  }
  while (pending.count) {
    FunctionId id = pending.items[--pending.count];
    if (seen[id])
      continue;
    seen[id] = true;
    for (uint32_t i = 0; i < graph->count; i++)
      if (graph->edges[i].caller == id && graph->edges[i].kind == EDGE_CALL)
        array_push(sites->run->arena, &pending, graph->edges[i].callee.function);
  }
  for (uint32_t i = 0; i < sites->items.count; i++)
    if (seen[sites->items.items[i].function])
      return true;
  return false;
}

static const char *waits_for_itself(const LockSites *sites) {
  FixRun *run = sites->run;
  for (uint32_t i = 0; i < sites->items.count; i++) {
    const LockSite *site = &sites->items.items[i];
    bool *seen = ARENA_ARRAY(run->arena, bool, fix_module(run)->functions.count);
    if (reaches(sites, site->function, seen, site->region.span))
      return arena_printf(run->arena, "what `%s` calls would wait for it to end",
                          rule_function(run->rules, site->function));
  }
  return NULL;
}

// What is outside of the program has no location here: other processes are not kept from it.
static bool is_outside(const FixRun *run) {
  return !run->report->candidate.location;
}

static const char *title_of(const LockSites *sites) {
  if (is_outside(sites->run))
    return "Run one at a time in this process, on a promise chain";
  if (!sites->guard)
    return "Run one at a time on a promise chain";
  return arena_printf(sites->run->arena, "Take `%s`", rule_location(sites->run->rules, sites->guard));
}

static const char *offer(LockSites *sites) {
  FixRun *run = sites->run;
  Edits edits = {.arena = run->arena};
  JavaScriptChain chain = {0};
  if (!sites->guard && !javascript_chain_plan(run, &chain))
    return "there is no place here that all tasks share to keep the chain in";
  const char *reason = waits_for_itself(sites);
  if (reason)
    return reason;
  if (!sites->guard)
    javascript_chain_make(run, &edits, &chain);
  reason = write_sites(sites, &chain, &edits);
  if (reason)
    return reason;
  if (fix_offer(run, &edits, false, "%s", lock_sites_title(sites, title_of(sites))))
    return NULL;
  return arena_printf(run->arena, "it would %s", run->objection);
}

void promise_chain_outside_fix(FixRun *run) {
  LockSites sites = {.run = run, .widen = widen};
  FunctionId id = run->report->candidate.origin;
  Region region;
  if (!region_of_candidate(run, &run->report->candidate, &region) || ts_node_is_null(region.function))
    return;
  const char *reason = widen(run, id, &region);
  array_push(run->arena, &sites.items, ((LockSite){.function = id, .region = region}));
  if (!reason)
    reason = offer(&sites);
  if (reason)
    fix_refuse(run, title_of(&sites), "%s", reason);
}

void promise_chain_lock_fix(FixRun *run) {
  LockSites sites = {.run = run, .widen = widen, .guard = lock_guard(run)};
  lock_sites_try(&sites, title_of(&sites), offer);
}
