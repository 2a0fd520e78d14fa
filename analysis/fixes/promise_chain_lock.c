// A mutex without a dependency: each piece of work hangs on the promise of the one before it.
#include "region.h"
#include <string.h>

static const char *const CLASSES[] = {"class_declaration", "class", "abstract_class_declaration", NULL};
static const char *const DECLARATIONS[] = {"lexical_declaration", "variable_declaration", "export_statement", NULL};
static const char *const NOT_HERE[] = {"yield_expression", "break_statement", "continue_statement", NULL};
static const char *const RETURNS[] = {"return_statement", NULL};
static const char *const BINDINGS[] = {"lexical_declaration", "variable_declaration", "function_declaration",
                                       "class_declaration", NULL};

typedef struct Chain {
  const char *call; // "this.#exclusive", "exclusive"
  Edits edits;
} Chain;

static const char *unit_of(const Source *source, Arena *arena, TSNode inside) {
  Region region = {.list = ts_node_parent(inside), .span = syntax_node_span(inside)};
  return region_indent_unit(source, arena, &region);
}

// Adds the chain and the method that hangs work on it as the first members of the class.
static bool add_to_class(FixRun *run, Chain *chain) {
  const Source *source = &run->source;
  Span function = fix_function(run, run->report->candidate.origin)->span;
  TSNode class = syntax_node_enclosing(source_node(source, function), CLASSES);
  TSNode body = ts_node_is_null(class) ? class : syntax_node_field(class, "body");
  if (ts_node_is_null(body) || ts_node_named_child_count(body) == 0) return false;
  TSNode first = ts_node_named_child(body, 0);
  if (!source_starts_line(source, ts_node_start_byte(first))) return false;
  const char *indent = source_indent(source, run->arena, ts_node_start_byte(first));
  const char *unit = unit_of(source, run->arena, first);
  const char *tail = source_fresh_name(source, run->arena, "#tail", true);
  const char *method = source_fresh_name(source, run->arena, "#exclusive", true);
  const char *type = source->typescript ? ": Promise<unknown>" : "";
  const char *generic = source->typescript ? "<T>(work: () => Promise<T>): Promise<T>" : "(work)";
  uint32_t at = source_line_start(source, ts_node_start_byte(first));
  edits_insert(&chain->edits, at, "%s%s%s = Promise.resolve();\n\n", indent, tail, type);
  edits_insert(&chain->edits, at,
               "%s%s%s {\n%s%sconst run = this.%s.then(work);\n%s%sthis.%s = run.catch(() => {});\n%s%sreturn run;\n%s}\n\n",
               indent, method, generic, indent, unit, tail, indent, unit, tail, indent, unit, indent);
  chain->call = arena_printf(run->arena, "this.%s", method);
  return true;
}

static bool add_beside(FixRun *run, VariableId id, Chain *chain) {
  const Source *source = &run->source;
  const Variable *variable = module_variable(fix_module(run), id);
  TSNode declaration = syntax_node_enclosing(source_node(source, variable->declaration), DECLARATIONS);
  if (ts_node_is_null(declaration) || !source_starts_line(source, ts_node_start_byte(declaration))) return false;
  if (syntax_node_is(ts_node_parent(declaration), "export_statement")) declaration = ts_node_parent(declaration);
  const char *indent = source_indent(source, run->arena, ts_node_start_byte(declaration));
  const char *unit = unit_of(source, run->arena, declaration);
  const char *name = fix_symbol(run, variable->name);
  const char *tail = source_fresh_name(source, run->arena, arena_printf(run->arena, "%sTail", name), false);
  const char *function = source_fresh_name(source, run->arena, "exclusive", false);
  const char *type = source->typescript ? ": Promise<unknown>" : "";
  const char *generic = source->typescript ? "<T>(work: () => Promise<T>): Promise<T>" : "(work)";
  uint32_t at = source_line_end(source, ts_node_end_byte(declaration));
  edits_insert(&chain->edits, at, "\n%slet %s%s = Promise.resolve();\n", indent, tail, type);
  edits_insert(&chain->edits, at,
               "\n%sfunction %s%s {\n%s%sconst run = %s.then(work);\n%s%s%s = run.catch(() => {});\n%s%sreturn run;\n%s}", indent,
               function, generic, indent, unit, tail, indent, unit, tail, indent, unit, indent);
  chain->call = function;
  return true;
}

static bool add_chain(FixRun *run, Chain *chain) {
  const Locations *locations = run->rules->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, run->report->candidate.location));
  if (root->root == ROOT_SELF) return add_to_class(run, chain);
  return root->root == ROOT_VARIABLE && add_beside(run, root->name, chain);
}

// Whether a name that the region binds is used behind it.
static bool binds_for_later(const Source *source, const Region *region) {
  if (!source_has(source, region->span, BINDINGS)) return false;
  Region rest = region_to_end(*region);
  return rest.span.end > region->span.end;
}

// The statements that run as one piece of work: as few as possible, or all up to the end of the function where they return
// or bind what comes later needs.
static bool work_region(const Source *source, Span span, Region *region, bool *returns, const char **refusal) {
  *refusal = "the accesses do not stand on lines of one block";
  if (!region_of(source, span, region)) return false;
  TSNode function = syntax_node_function(region->list);
  bool body = !ts_node_is_null(function) && ts_node_eq(syntax_node_field(function, "body"), region->list);
  if (source_has(source, region->span, RETURNS) || binds_for_later(source, region)) {
    *refusal = "the region leaves its block";
    if (!body) return false;
    *region = region_to_end(*region);
  }
  *returns = source_has(source, region->span, RETURNS);
  *refusal = "`break`, `continue` and `yield` cannot leave a function";
  if (source_has(source, region->span, NOT_HERE)) return false;
  *refusal = "the function is not async";
  return !ts_node_is_null(function) && (syntax_node_is_async(function) || *returns);
}

// Another function that changes the location, which the chain would not keep out; 0 for none.
static FunctionId other_writer(const FixRun *run) {
  const FlowFile *file = run->rules->file;
  const Candidate *candidate = &run->report->candidate;
  for (FunctionId id = 1; id < fix_module(run)->functions.count; id++) {
    const Summary *summary = &file->summaries[id];
    if (id == candidate->origin || fix_function(run, id)->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_MODULE)) continue;
    for (uint32_t i = 0; i < summary->accesses.count; i++) {
      const Access *access = &summary->accesses.items[i];
      bool direct = access->flags & ACCESS_WRITE && !(access->flags & ACCESS_CALLEE) && access->function == id;
      bool within = span_holds(fix_function(run, candidate->origin)->span, access->span);
      if (direct && !within && location_overlaps(file->locations, candidate->location, access->location)) return id;
    }
  }
  return 0;
}

void promise_chain_lock_fix(FixRun *run) {
  static const char TITLE[] = "Run one at a time on a promise chain";
  const Candidate *candidate = &run->report->candidate;
  const Source *source = &run->source;
  Chain chain = {.edits = {.arena = run->arena}};
  Region region;
  bool returns = false;
  const char *refusal;
  if (!work_region(source, span_join(candidate->first, candidate->second), &region, &returns, &refusal)) {
    fix_refuse(run, TITLE, "%s", refusal);
    return;
  }
  FunctionId other = other_writer(run);
  if (other) {
    fix_refuse(run, TITLE, "`%s` changes `%s` too, and would not wait", rule_function(run->rules, other),
               run->report->finding.variable);
    return;
  }
  if (!add_chain(run, &chain)) {
    fix_refuse(run, TITLE, "there is no place here that all tasks share to keep the chain in");
    return;
  }
  const char *indent = source_indent(source, run->arena, region.span.start);
  edits_insert(&chain.edits, source_line_start(source, region.span.start), "%s%s %s(async () => {\n", indent,
               returns ? "return" : "await", chain.call);
  region_indent(source, &chain.edits, &region, region_indent_unit(source, run->arena, &region));
  edits_insert(&chain.edits, region.span.end, "\n%s});", indent);
  fix_offer(run, &chain.edits, false, "%s", TITLE);
}
