// The pipeline on one page: syntax tree → IR → values → facts and summaries → contexts → rules.
#include "analysis.h"
#include "audit/audit.h"
#include "fixes/fix.h"
#include "flow/print.h"
#include "frontend/frontend.h"
#include "rules/rule.h"
#include "rules/shared.h"
#include "stress/stress.h"
#include "syntax/suppressions.h"
#include "trial.h"
#include <stdatomic.h>
#include <string.h>

// The fixes of one finding, once somebody asked for them.
typedef struct Offer {
  const Fix *fixes;
  uint32_t count;
  bool made;
} Offer;

struct Analysis {
  atomic_uint references;
  Arena *arena;
  Syntax *syntax;
  Module *module;
  FlowFile *file;
  RuleRun *run;
  Offer *offers; // by finding
  const SharedLocation *shared;
  uint32_t shared_count;
  bool shared_found;
  const Audit *audit; // once somebody asked for it
  size_t trial_budget;
  bool keeps_lines;
  AnalysisOptions options;
};

static AnalysisOptions copy_options(const AnalysisOptions *options, Arena *arena) {
  AnalysisOptions copy = options ? *options : (AnalysisOptions){0};
  if (copy.rules) {
    RuleSetting *rules = ARENA_ARRAY(arena, RuleSetting, RULE_COUNT);
    memcpy(rules, copy.rules, RULE_COUNT * sizeof *rules);
    copy.rules = rules;
  }
  OwnModel *own = ARENA_ARRAY(arena, OwnModel, copy.own_count);
  for (uint32_t i = 0; i < copy.own_count; i++)
    own[i] = (OwnModel){copy.own[i].kind, arena_copy(arena, copy.own[i].path, strlen(copy.own[i].path))};
  copy.own = own;
  return copy;
}

static bool analyse(Analysis *analysis, Cancel *cancel) {
  analysis->module = frontend_lower(analysis->syntax, analysis->arena);
  if (!analysis->module || cancel_raised(cancel))
    return false;
  analysis->module->own = analysis->options.own;
  analysis->module->own_count = analysis->options.own_count;
  analysis->file = flow_file_new(analysis->arena, analysis->module, cancel);
  if (!analysis->file)
    return false;
  CallGraph *graph = callgraph_new(analysis->file);
  for (uint32_t i = 0; i < graph->function_count; i++) {
    if (cancel_raised(cancel))
      return false;
    flow_solve(analysis->file, graph->bottom_up[i]);
  }
  // A closure comes behind the function that it stands in.
  for (FunctionId id = 1; id < analysis->module->functions.count; id++)
    if (flow_has_premises(analysis->file, id))
      flow_solve(analysis->file, id);
  Contexts *contexts = contexts_new(analysis->file, graph);
  RuleInput input = {.text = syntax_text(analysis->syntax), .options = analysis->options};
  if (!analysis->options.unsuppressed)
    input.suppressions = suppressions_read(analysis->syntax, analysis->arena);
  analysis->run = rules_run(analysis->file, graph, contexts, &input);
  analysis->offers = ARENA_ARRAY(analysis->arena, Offer, analysis->run->reports.count);
  return true;
}

Analysis *analysis_run(const Syntax *syntax, const AnalysisOptions *options, Cancel *cancel) {
  Arena *arena = arena_new();
  Analysis *analysis = ARENA_NEW(arena, Analysis);
  analysis->arena = arena;
  atomic_init(&analysis->references, 1);
  analysis->trial_budget = TRIAL_BUDGET;
  analysis->syntax = syntax_ref(syntax);
  analysis->options = copy_options(options, arena);
  if (analyse(analysis, cancel))
    return analysis;
  analysis_free(analysis);
  return NULL;
}

Analysis *analysis_ref(Analysis *analysis) {
  atomic_fetch_add_explicit(&analysis->references, 1, memory_order_relaxed);
  return analysis;
}

void analysis_free(Analysis *analysis) {
  if (!analysis || atomic_fetch_sub_explicit(&analysis->references, 1, memory_order_acq_rel) > 1)
    return;
  syntax_free(analysis->syntax);
  arena_free(analysis->arena);
}

const Syntax *analysis_syntax(const Analysis *analysis) {
  return analysis->syntax;
}

const AnalysisOptions *analysis_options(const Analysis *analysis) {
  return &analysis->options;
}

uint32_t analysis_finding_count(const Analysis *analysis) {
  return analysis->run->reports.count;
}

const Finding *analysis_finding(const Analysis *analysis, uint32_t index) {
  return &analysis->run->reports.items[index].finding;
}

static const char *try_fix(void *context, const TextEdit *edits, uint32_t count) {
  return trial_objection(context, edits, count);
}

static const Fix *try_without(void *context, Span span) {
  return trial_fix_without(context, span);
}

static const Fix *try_spread(void *context, const Spread *spread, uint32_t *count) {
  return trial_fixes_spread(context, spread, count);
}

size_t *analysis_trial_budget(Analysis *analysis) {
  return &analysis->trial_budget;
}

void analysis_keep_lines(Analysis *analysis) {
  analysis->keeps_lines = true;
}

bool analysis_make_fixes(Analysis *analysis, uint32_t finding, Cancel *cancel) {
  Offer *offer = &analysis->offers[finding];
  if (offer->made)
    return true;
  size_t budget = analysis->trial_budget;
  Trial trial = {.arena = analysis->arena,
                 .analysis = analysis,
                 .finding = analysis_finding(analysis, finding),
                 .options = analysis->options,
                 .budget = &analysis->trial_budget,
                 .cancel = cancel};
  uint32_t count;
  const Fix *fixes =
      fixes_make(analysis->run, analysis->syntax, &analysis->run->reports.items[finding],
                 (FixTrial){&trial, try_fix, try_without, analysis->keeps_lines ? NULL : try_spread}, &count);
  if (cancel_raised(cancel)) {
    analysis->trial_budget = budget;
    return false;
  }
  *offer = (Offer){fixes, count, true};
  return true;
}

const Fix *analysis_fixes(Analysis *analysis, uint32_t finding, uint32_t *count) {
  analysis_make_fixes(analysis, finding, NULL);
  *count = analysis->offers[finding].count;
  return analysis->offers[finding].fixes;
}

bool analysis_find_shared(Analysis *analysis, Cancel *cancel) {
  if (analysis->shared_found)
    return true;
  SharedLocations found = shared_find(analysis->run, cancel);
  analysis->shared = found.items;
  analysis->shared_count = found.count;
  analysis->shared_found = !cancel_raised(cancel);
  return analysis->shared_found;
}

const SharedLocation *analysis_shared(Analysis *analysis, uint32_t *count) {
  analysis_find_shared(analysis, NULL);
  *count = analysis->shared_count;
  return analysis->shared;
}

bool analysis_make_audit(Analysis *analysis, Cancel *cancel) {
  if (!analysis->audit)
    analysis->audit = audit_make(analysis->run, analysis->syntax, cancel);
  return analysis->audit;
}

const Audit *analysis_audit(Analysis *analysis) {
  analysis_make_audit(analysis, NULL);
  return analysis->audit;
}

const StressTest *analysis_stress(Analysis *analysis, uint32_t finding, const StressOptions *options) {
  return stress_write(analysis->run, analysis->syntax, &analysis->run->reports.items[finding], options);
}

const char *analysis_dump(Analysis *analysis, AnalysisDump what) {
  return what == DUMP_IR ? module_print(analysis->module) : flow_print(analysis->file, what == DUMP_CFG);
}

const RuleInfo *analysis_rules(uint32_t *count) {
  *count = RULE_COUNT;
  return RULE_INFOS;
}

const char *analysis_rule_documentation(uint32_t rule) {
  return RULES[rule]->documentation;
}
