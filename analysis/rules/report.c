// How findings are put into words.
#include "rule.h"

static const Confidence CONFIDENCES[] = {
    [EVIDENCE_NONE] = CONFIDENCE_LOW,
    [EVIDENCE_OUTSIDE] = CONFIDENCE_MEDIUM,
    [EVIDENCE_IN_VIEW] = CONFIDENCE_HIGH,
};

Report *rule_report(RuleRun *run, const Candidate *candidate, RootEvidence evidence, Span span, const char *format,
                    ...) {
  Arena *arena = run->file->arena;
  Report *report = array_add(arena, &run->reports);
  *report = (Report){.candidate = *candidate, .function = candidate->origin};
  va_list arguments;
  va_start(arguments, format);
  report->finding = (Finding){
      .rule = run->rule->name,
      .severity = run->rule->severity,
      .confidence = CONFIDENCES[evidence],
      .message = arena_vprintf(arena, format, arguments),
      .span = span,
      .function = rule_function(run, candidate->origin),
      .variable = candidate->location ? rule_location(run, candidate->location) : "",
  };
  va_end(arguments);
  return report;
}

enum { PLACE_LIMIT = 8, STEP_LIMIT = 12 };

void rule_place(RuleRun *run, Report *report, PlaceRole role, Span span, const char *format, ...) {
  Finding *finding = &report->finding;
  if (!finding->related)
    finding->related = ARENA_ARRAY(run->file->arena, Place, PLACE_LIMIT);
  if (finding->related_count == PLACE_LIMIT)
    return;
  va_list arguments;
  va_start(arguments, format);
  Place *places = (Place *)finding->related;
  places[finding->related_count++] = (Place){role, span, arena_vprintf(run->file->arena, format, arguments)};
  va_end(arguments);
}

void rule_step(RuleRun *run, Report *report, unsigned task, Span span, const char *format, ...) {
  Finding *finding = &report->finding;
  if (!finding->steps)
    finding->steps = ARENA_ARRAY(run->file->arena, Step, STEP_LIMIT);
  if (finding->step_count == STEP_LIMIT)
    return;
  va_list arguments;
  va_start(arguments, format);
  Step *steps = (Step *)finding->steps;
  steps[finding->step_count++] = (Step){(uint8_t)task, span, arena_vprintf(run->file->arena, format, arguments)};
  va_end(arguments);
}

const char *rule_location(const RuleRun *run, Location location) {
  return location_text(run->file->locations, location);
}

const char *rule_locks(const RuleRun *run, LockSet locks) {
  const char *text = "";
  for (uint32_t i = 0; i < locks.count; i++) {
    if (locks.items[i] & LOCK_CLAIM)
      continue;
    const char *lock = rule_location(run, LOCK_LOCATION(locks.items[i]));
    text = arena_printf(run->file->arena, "%s%s`%s`", text, *text ? ", " : "", lock);
  }
  return text;
}

const char *rule_function(const RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  if (function->flags & FUNCTION_MODULE)
    return "the top level";
  if (function->qualified)
    return symbol_text(run->file->module->symbols, function->qualified);
  return arena_printf(run->file->arena, "callback on line %u", rule_line(run, function->span));
}

unsigned rule_line(const RuleRun *run, Span span) {
  return text_position(run->text, span.start, TEXT_UTF8).line + 1;
}
