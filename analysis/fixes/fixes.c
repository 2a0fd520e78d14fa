#include "fix.h"
#include "javascript_semicolon.h"
#include "spread.h"
#include <string.h>

typedef struct FixRow {
  const char *id, *rule;
  FixFamily family;
  FixMaker make;
} FixRow;

static const FixRow ROWS[] = {
#define FIX(symbol, id, rule, family) {id, rule, family, symbol##_fix},
#include "fixes.def"
#undef FIX
};

enum { ROW_COUNT = sizeof ROWS / sizeof *ROWS };

// The first that can be applied. To suppress a finding is nobody's first choice.
static void mark_preferred(FixRun *run) {
  for (uint32_t i = 0; i < run->fixes.count; i++)
    if (!run->fixes.items[i].disabled && strncmp(run->fixes.items[i].id, "suppress", 8) != 0) {
      run->fixes.items[i].preferred = true;
      return;
    }
}

// --- lines that hold several statements

static bool is_for(const FixRun *run, const FixRow *row) {
  FixFamily family = run->source.python ? FIX_PYTHON : FIX_JAVASCRIPT;
  return (row->family & family) && strcmp(row->rule, run->report->finding.rule) == 0;
}

static bool has_enabled(const Fix *fixes, uint32_t count, const char *id) {
  for (uint32_t i = 0; i < count; i++)
    if (!fixes[i].disabled && strcmp(fixes[i].id, id) == 0)
      return true;
  return false;
}

static bool lacks_fixes(const FixRun *run) {
  for (uint32_t i = 0; i < ROW_COUNT; i++)
    if (is_for(run, &ROWS[i]) && !has_enabled(run->fixes.items, run->fixes.count, ROWS[i].id))
      return true;
  return false;
}

static bool is_repeated(const FixRun *run, uint32_t row) {
  for (uint32_t i = 0; i < row; i++)
    if (is_for(run, &ROWS[i]) && strcmp(ROWS[i].id, ROWS[row].id) == 0)
      return true;
  return false;
}

// What can only be offered once each statement has its line, in the place of what cannot be offered without.
static void add_spread(FixRun *run) {
  Spread spread = run->trial.fixes_spread && lacks_fixes(run) ? spread_lines(run) : (Spread){0};
  if (!spread.count)
    return;
  uint32_t count;
  const Fix *found = run->trial.fixes_spread(run->trial.context, &spread, &count);
  FixRun merged = {.arena = run->arena};
  for (uint32_t row = 0; row < ROW_COUNT; row++) {
    if (!is_for(run, &ROWS[row]) || is_repeated(run, row))
      continue;
    const char *id = ROWS[row].id;
    bool new = !has_enabled(run->fixes.items, run->fixes.count, id) && has_enabled(found, count, id);
    const Fix *from = new ? found : run->fixes.items;
    for (uint32_t i = 0; i < (new ? count : run->fixes.count); i++)
      if (strcmp(from[i].id, id) == 0)
        array_push(run->arena, &merged.fixes, from[i]);
  }
  run->fixes.items = merged.fixes.items;
  run->fixes.count = merged.fixes.count;
  run->fixes.capacity = merged.fixes.capacity;
}

const Fix *fixes_make(RuleRun *rules, const Syntax *syntax, const Report *report, FixTrial trial, uint32_t *count) {
  FixRun run = {
      .arena = rules->file->arena,
      .source = source_of(syntax),
      .rules = rules,
      .report = report,
      .trial = trial,
  };
  for (uint32_t i = 0; i < ROW_COUNT; i++) {
    if (!is_for(&run, &ROWS[i]))
      continue;
    run.id = ROWS[i].id;
    ROWS[i].make(&run);
  }
  add_spread(&run);
  mark_preferred(&run);
  *count = run.fixes.count;
  return run.fixes.items;
}

bool fix_offer(FixRun *run, Edits *edits, bool safe, const char *title, ...) {
  uint32_t count;
  if (!run->source.python && !run->source.semicolons)
    javascript_end_lines(run, edits);
  const TextEdit *ordered = edits_finish(edits, run->source.newline, &count);
  run->objection = ordered ? run->trial.objection(run->trial.context, ordered, count) : "edit one place twice";
  if (run->objection)
    return false;
  va_list arguments;
  va_start(arguments, title);
  array_push(run->arena, &run->fixes,
             ((Fix){.id = run->id,
                    .title = arena_vprintf(run->arena, title, arguments),
                    .safe = safe,
                    .edits = ordered,
                    .edit_count = count}));
  va_end(arguments);
  return true;
}

void fix_refuse(FixRun *run, const char *title, const char *reason, ...) {
  va_list arguments;
  va_start(arguments, reason);
  const char *why = arena_vprintf(run->arena, reason, arguments);
  va_end(arguments);
  array_push(run->arena, &run->fixes, ((Fix){.id = run->id, .title = title, .disabled = why}));
}

const Module *fix_module(const FixRun *run) {
  return run->rules->file->module;
}

const Function *fix_function(const FixRun *run, FunctionId id) {
  return module_function(fix_module(run), id);
}

const char *fix_symbol(const FixRun *run, Symbol symbol) {
  return symbol_text(fix_module(run)->symbols, symbol);
}

Span fix_place(const FixRun *run, PlaceRole role) {
  const Finding *finding = &run->report->finding;
  for (uint32_t i = 0; i < finding->related_count; i++)
    if (finding->related[i].role == role)
      return finding->related[i].span;
  return (Span){0};
}

bool fix_can_see(const FixRun *run, FunctionId function, VariableId id) {
  const Variable *variable = module_variable(fix_module(run), id);
  if (variable->kind != VARIABLE_LOCAL)
    return true;
  while (function && function != variable->owner)
    function = fix_function(run, function)->parent;
  return function != 0;
}
