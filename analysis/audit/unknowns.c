// What was not understood.
#include "../rules/code.h"
#include "../syntax/walk.h"
#include "audit.h"
#include <stdlib.h>
#include <string.h>

typedef struct UnknownSearch {
  AuditDraft *draft;
  ARRAY(Unknown) unknowns;
} UnknownSearch;

// One more place of something that may be known already.
static void add(UnknownSearch *search, UnknownKind kind, Span span, const char *name) {
  for (uint32_t i = 0; i < search->unknowns.count; i++) {
    Unknown *known = &search->unknowns.items[i];
    if (known->kind != kind || strcmp(known->name, name) != 0)
      continue;
    known->count++;
    if (span.start < known->span.start)
      known->span = span;
    return;
  }
  array_push(search->draft->arena, &search->unknowns, ((Unknown){kind, span, name, 1}));
}

// --- Syntax --------------------------------------------------------------------------------------------------------

static bool enter(void *context, const WalkNode *node) {
  bool is_error = node->symbol == (TSSymbol)-1;
  if (is_error)
    add(context, UNKNOWN_SYNTAX, node->span, "");
  return node->has_children && !is_error;
}

static void leave(void *context) {
  (void)context;
}

// --- Code ----------------------------------------------------------------------------------------------------------

static bool is_understood(RuleRun *run, FunctionId function, const Instruction *call) {
  return values_callees(run->file->values, function, call).count ||
         values_model(run->file->values, function, call, NULL) || code_resource(run, function, call);
}

// "self.client.fetch", "load"; "" where it has no name.
static const char *callee_name(RuleRun *run, FunctionId function, const Instruction *call) {
  const char *object = code_display(run, function, call->a);
  if (call->op == OP_CALL)
    return object;
  const char *method = symbol_text(run->file->module->symbols, call->b);
  return *object ? arena_printf(run->file->arena, "%s.%s", object, method) : method;
}

static bool is_of_project(RuleRun *run, FunctionId function, const Instruction *call) {
  return code_path(run, function, call)[0] == '.';
}

static void look_at_call(UnknownSearch *search, FunctionId function, uint32_t index) {
  RuleRun *run = search->draft->run;
  const Instruction *call = code_at(run, function, index);
  if (!code_is_call(call) || is_understood(run, function, call))
    return;
  bool is_awaited = code_awaited_at(run, function, index) != CODE_NONE;
  if (is_awaited || is_of_project(run, function, call))
    add(search, is_awaited ? UNKNOWN_AWAITED : UNKNOWN_CALL, call->span, callee_name(run, function, call));
}

static void look_at_function(UnknownSearch *search, FunctionId id) {
  RuleRun *run = search->draft->run;
  const Function *function = module_function(run->file->module, id);
  if (run->file->summaries[id].truncated || function->flags & FUNCTION_TRUNCATED) {
    add(search, UNKNOWN_FUNCTION, function->name_span, rule_function(run, id));
    return;
  }
  for (uint32_t i = 0; i < function->code.count; i++) {
    look_at_call(search, id, i);
    if (function->code.items[i].op == OP_OPAQUE)
      add(search, UNKNOWN_CODE, function->code.items[i].span, "");
  }
}

static void look_at_accesses(UnknownSearch *search) {
  const SharedLocations *shared = &search->draft->shared;
  for (uint32_t i = 0; i < shared->count; i++)
    if (shared->items[i].truncated)
      add(search, UNKNOWN_ACCESSES, shared->items[i].definition, shared->items[i].name);
}

static int by_kind(const void *a, const void *b) {
  const Unknown *left = a, *right = b;
  if (left->kind != right->kind)
    return (int)left->kind - (int)right->kind;
  return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

void audit_find_unknowns(AuditDraft *draft, const Syntax *syntax) {
  UnknownSearch search = {.draft = draft};
  syntax_walk(syntax, (WalkVisitor){&search, enter, leave});
  for (FunctionId id = 1; id < draft->run->file->module->functions.count && !cancel_raised(draft->cancel); id++)
    look_at_function(&search, id);
  look_at_accesses(&search);
  if (search.unknowns.count)
    qsort(search.unknowns.items, search.unknowns.count, sizeof *search.unknowns.items, by_kind);
  draft->audit.unknowns = search.unknowns.items;
  draft->audit.unknown_count = search.unknowns.count;
}
