#include "writer.h"
#include "../base/embedded.h"
#include <string.h>

extern const EmbeddedFile STRESS_TEMPLATES[];
extern const uint32_t STRESS_TEMPLATES_COUNT;

static void add(StressWriter *writer, const char *text) {
  output_add(&writer->output, "%s", text);
}

static void add_quoted(StressWriter *writer, const char *text) {
  add(writer, stress_quoted(writer->plan->arena, text));
}

// --- values

static void write_values(StressWriter *writer, StressValue *const *values, uint32_t count, StressWhere where) {
  for (uint32_t i = 0; i < count; i++) {
    add(writer, i ? ", " : "");
    if (values[i]->keyword)
      output_add(&writer->output, "%s=", values[i]->keyword);
    stress_write_value(writer, values[i], where);
  }
}

static void write_text(StressWriter *writer, const StressValue *value, StressWhere where) {
  output_add(&writer->output, "%s(%s", value->prepared ? writer->dialect->given : writer->dialect->key,
             where == STRESS_IN_TASK ? "n" : "0");
  for (uint32_t i = 0; i < value->texts.count; i++) {
    add(writer, ", ");
    add_quoted(writer, value->texts.items[i]);
  }
  if (!value->texts.count) {
    add(writer, ", ");
    add_quoted(writer, value->name);
  }
  add(writer, ")");
}

static void write_list(StressWriter *writer, const StressValue *value, StressWhere where) {
  add(writer, writer->dialect->list[where].before);
  stress_write_value(writer, value->parts.items[0], STRESS_IN_TASK);
  add(writer, writer->dialect->list[where].behind);
}

static void write_object(StressWriter *writer, const StressValue *value, StressWhere where) {
  output_add(&writer->output, "%s%s(", writer->dialect->make, value->class_name);
  write_values(writer, value->parts.items, value->parts.count, where);
  add(writer, ")");
}

static void write_member(StressWriter *writer, const StressValue *value, StressWhere where) {
  (void)where;
  output_add(&writer->output, "%s%s%s", writer->dialect->member.before, value->class_name,
             writer->dialect->member.behind);
}

static void write_literal(StressWriter *writer, const StressValue *value, StressWhere where) {
  (void)where;
  add(writer, value->class_name);
}

static void write_fake(StressWriter *writer, const StressValue *value, StressWhere where) {
  add(writer, "world.fake(");
  add_quoted(writer, value->name);
  add(writer, where == STRESS_IN_TASK ? ", n)" : ")");
}

void stress_write_value(StressWriter *writer, const StressValue *value, StressWhere where) {
  static void (*const WRITE[STRESS_KIND_COUNT])(StressWriter *, const StressValue *, StressWhere) = {
      [STRESS_TEXT] = write_text,     [STRESS_LIST] = write_list,       [STRESS_OBJECT] = write_object,
      [STRESS_MEMBER] = write_member, [STRESS_LITERAL] = write_literal,
  };
  const char *word = writer->dialect->words[value->kind][where];
  bool is_record = value->kind == STRESS_RECORD && writer->dialect->write_record;
  if (word)
    add(writer, word);
  else if (is_record)
    writer->dialect->write_record(writer, value, where);
  else if (WRITE[value->kind])
    WRITE[value->kind](writer, value, where);
  else
    write_fake(writer, value, where);
}

// --- calls

// What is private by # has another name in the copy that a test loads.
static const char *reachable(Arena *arena, const char *name) {
  return name[0] == '#' ? arena_printf(arena, "_private_%s", name + 1) : name;
}

static void write_call(StressWriter *writer, const StressCall *call) {
  const StressPlan *plan = writer->plan;
  if (plan->handler && call == &plan->call)
    output_add(&writer->output, "world.handler(%s)(", stress_quoted(plan->arena, plan->handler));
  else
    output_add(&writer->output, "%s.%s(", call->method ? "shared" : "module", reachable(plan->arena, call->name));
  write_values(writer, call->arguments.items, call->arguments.count, STRESS_IN_TASK);
  add(writer, ")");
}

static StressWriter part(const StressWriter *whole) {
  return (StressWriter){whole->plan, whole->dialect, {.arena = whole->plan->arena}};
}

static void begin_statement(StressWriter *writer, const char *words) {
  output_add(&writer->output, "%s%s", writer->dialect->statement.before, words);
}

static void end_statement(StressWriter *writer) {
  add(writer, writer->dialect->statement.behind);
}

static const char *prepare_text(const StressWriter *whole) {
  StressWriter writer = part(whole);
  const StressPlan *plan = whole->plan;
  begin_statement(&writer, whole->dialect->declare);
  if (plan->has_receiver) {
    output_add(&writer.output, "%s%s(", plan->factory ? "module." : whole->dialect->make, plan->construct.name);
    write_values(&writer, plan->construct.arguments.items, plan->construct.arguments.count, STRESS_IN_CONSTRUCTOR);
    add(&writer, ")");
  } else {
    add(&writer, "module");
  }
  end_statement(&writer);
  if (plan->preparation.function) {
    add(&writer, whole->dialect->preparation.before);
    write_call(&writer, &plan->preparation);
    add(&writer, whole->dialect->preparation.behind);
  }
  begin_statement(&writer, "return shared");
  end_statement(&writer);
  return output_text(&writer.output);
}

static const char *call_text(const StressWriter *whole) {
  StressWriter writer = part(whole);
  if (!whole->plan->call.function)
    return whole->dialect->no_call;
  begin_statement(&writer, "return ");
  write_call(&writer, &whole->plan->call);
  end_statement(&writer);
  return output_text(&writer.output);
}

static const char *rivals_text(const StressWriter *whole) {
  StressWriter writer = part(whole);
  for (uint32_t i = 0; i < whole->plan->rival_count; i++) {
    add(&writer, whole->dialect->rival.before);
    write_call(&writer, &whole->plan->rivals[i]);
    output_add(&writer.output, ", %s%s", whole->plan->rival_adds[i] ? "PREPARED" : "0", whole->dialect->rival.behind);
  }
  return output_text(&writer.output);
}

// --- what is compared

static void write_observers(StressWriter *writer) {
  add(writer, "[");
  for (uint32_t i = 0; i < writer->plan->observers.count; i++)
    output_add(&writer->output, "%sshared.%s()", i ? ", " : "", writer->plan->observers.items[i]);
  add(writer, "]");
}

static const char *state_text(const StressWriter *whole) {
  StressWriter writer = part(whole);
  const StressPlan *plan = whole->plan;
  const char *name = plan->state ? reachable(plan->arena, plan->state_name) : "";
  if (!plan->state && !plan->observers.count)
    return whole->dialect->no_state;
  begin_statement(&writer, "return ");
  if (plan->state == STRESS_STATE_VARIABLE)
    output_add(&writer.output, "module.%s", name);
  else if (plan->state == STRESS_STATE_FIELD)
    output_add(&writer.output, "shared.%s", name);
  else if (plan->state == STRESS_STATE_FOUND)
    output_add(&writer.output, "found(shared, module.%s, \"%s\")", plan->state_class, name);
  else
    write_observers(&writer);
  end_statement(&writer);
  return output_text(&writer.output);
}

// --- the whole

const char *stress_write_plan(const StressDialect *dialect, const StressPlan *plan, const StressOptions *options,
                              const Mark *own, size_t own_count) {
  enum { MOST_OWN = 8 };
  Arena *arena = plan->arena;
  const Finding *finding = &plan->report->finding;
  const char *slash = strrchr(options->path, '/');
  const StressWriter writer = {.plan = plan, .dialect = dialect};
  const Mark common[] = {
      {"function", stress_plain(arena, finding->function[0] ? finding->function : "the top level")},
      {"rule", finding->rule},
      {"variable", stress_plain(arena, finding->variable)},
      {"line", arena_printf(arena, "%u", rule_line(plan->rules, finding->span))},
      {"file", stress_plain(arena, slash ? slash + 1 : options->path)},
      {"path", stress_quoted(arena, options->path)},
      {"tasks", arena_printf(arena, "%u", options->tasks)},
      {"seed", arena_printf(arena, "%u", options->seed)},
      {"prepare", prepare_text(&writer)},
      {"call", call_text(&writer)},
      {"rivals", rivals_text(&writer)},
      {"state", state_text(&writer)},
      {"results", dialect->results[plan->results]},
      {"calls", dialect->truths[plan->calls]},
      {"keys", stress_quoted_list(arena, plan->keys.items, plan->keys.count)},
      {"exclusive", stress_quoted_list(arena, plan->exclusive.items, plan->exclusive.count)},
  };
  enum { COMMON_COUNT = sizeof common / sizeof *common };
  Mark marks[COMMON_COUNT + MOST_OWN];
  memcpy(marks, common, sizeof common);
  memcpy(marks + COMMON_COUNT, own, own_count * sizeof *own);
  const EmbeddedFile *template = embedded_in(STRESS_TEMPLATES, STRESS_TEMPLATES_COUNT, dialect->name);
  return output_fill(arena, template->text, marks, COMMON_COUNT + own_count);
}
