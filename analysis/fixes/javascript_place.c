#include "javascript_place.h"
#include "lock_sites.h"
#include <string.h>

static const char *const CLASSES[] = {"class_declaration", "class", "abstract_class_declaration", NULL};
static const char *const LISTS[] = {"program", "statement_block", NULL};

static TSNode class_node(const FixRun *run, ClassId id) {
  TSNode none = {0};
  const Class *class = module_class(fix_module(run), id);
  if (class->flags & (CLASS_LITERAL | CLASS_PROTOTYPE))
    return none;
  TSNode node = syntax_node_enclosing(source_node(&run->source, class->name_span), CLASSES);
  return ts_node_is_null(node) ? syntax_node_enclosing(source_node(&run->source, class->span), CLASSES) : node;
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

static ClassId own_class(const FixRun *run, FunctionId function) {
  FunctionId method = method_of(run, function);
  return method ? fix_function(run, method)->class_id : 0;
}

bool javascript_place_plan(const FixRun *run, JavaScriptPlace *place) {
  const Candidate *candidate = &run->report->candidate;
  const FlowFile *file = run->rules->file;
  ClassId own = own_class(run, candidate->origin);
  if (!candidate->location) {
    *place = (JavaScriptPlace){.class_id = own && !ts_node_is_null(class_node(run, own)) ? own : 0};
    return true;
  }
  const LocationRow *root = location_row(file->locations, location_root_of(file->locations, candidate->location));
  *place = (JavaScriptPlace){0};
  if (root->root == ROOT_VARIABLE && file->is_state[root->name])
    return false;
  if (root->root == ROOT_VARIABLE && fix_can_see(run, candidate->origin, root->name)) {
    place->beside = root->name;
    return true;
  }
  bool same = root->root == ROOT_SELF && values_classes_related(file->values, own, root->name);
  ClassId class = same ? root->name : own;
  if (class && !ts_node_is_null(class_node(run, class)))
    place->class_id = class;
  return root->root == ROOT_SELF || root->root == ROOT_VARIABLE || root->root == ROOT_EXTERNAL;
}

const char *javascript_place_reach(const FixRun *run, const JavaScriptPlace *place, FunctionId function) {
  if (!place->class_id)
    return !place->beside || fix_can_see(run, function, place->beside) ? "" : NULL;
  FunctionId method = method_of(run, function);
  // Private names are not inherited.
  return method && fix_function(run, method)->class_id == place->class_id ? "this." : NULL;
}

const char *javascript_place_name(const FixRun *run, const JavaScriptPlace *place, const char *name) {
  const char *fresh = source_fresh_name(&run->source, run->arena, name, true);
  return place->class_id ? arena_printf(run->arena, "#%s", fresh) : fresh;
}

const char *javascript_place_keyword(const JavaScriptPlace *place, const char *keyword) {
  return place->class_id ? "" : keyword;
}

// --- adding

static const char *indented(const FixRun *run, TSNode node, const char *text) {
  const char *indent = source_indent(&run->source, run->arena, ts_node_start_byte(node));
  const char *unit = region_indent_unit(run, node);
  char *copy = arena_alloc(run->arena, strlen(text) * (strlen(indent) + strlen(unit) + 1) + 1), *out = copy;
  for (; *text; text++) {
    const char *piece = *text == '\f' ? indent : *text == '\t' ? unit : NULL;
    bool ends_line = *text == ';' && (text[1] == '\n' || !text[1]);
    if (piece)
      out = stpcpy(out, piece);
    else if (!ends_line || run->source.semicolons)
      *out++ = *text;
  }
  return copy;
}

void javascript_insert_before(const FixRun *run, Edits *edits, TSNode node, const char *text) {
  const Source *source = &run->source;
  for (TSNode before = ts_node_prev_named_sibling(node); syntax_node_is(before, "comment");
       before = ts_node_prev_named_sibling(before)) {
    bool above =
        source_next_line(source, ts_node_end_byte(before)) == source_line_start(source, ts_node_start_byte(node));
    if (!above || !source_starts_line(source, ts_node_start_byte(before)))
      break;
    node = before;
  }
  edits_insert(edits, ts_node_start_byte(node), "%s", text);
}

static void insert_before(const FixRun *run, Edits *edits, TSNode node, const char *text) {
  javascript_insert_before(run, edits, node, indented(run, node, arena_printf(run->arena, "%s\n\n\f", text)));
}

// Behind a node, and apart from what comes next.
static void insert_behind(const FixRun *run, Edits *edits, TSNode node, const char *text) {
  const Source *source = &run->source;
  uint32_t end = source_line_end(source, ts_node_end_byte(node)), next = source_next_line(source, end);
  bool apart = next == source->length || source_line_end(source, next) == next || !strchr(text, '{');
  edits_insert(edits, end, "%s%s", indented(run, node, arena_printf(run->arena, "\n\f%s", text)), apart ? "" : "\n");
}

static bool is_field(TSNode member) {
  return syntax_node_is(member, "field_definition") || syntax_node_is(member, "public_field_definition");
}

// Behind the fields at the top of the class.
static void add_to_class(const FixRun *run, Edits *edits, ClassId class, const char *text) {
  TSNode body = syntax_node_field(class_node(run, class), "body"), last = {0};
  if (ts_node_is_null(body))
    return;
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
    TSNode member = ts_node_named_child(body, i);
    if (is_field(member))
      last = member;
    if (!is_field(member) && !syntax_node_is(member, "comment"))
      break;
  }
  if (ts_node_is_null(last))
    insert_before(run, edits, ts_node_named_child(body, 0), text);
  else
    insert_behind(run, edits, last, text);
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

static void add_beside(const FixRun *run, Edits *edits, const Variable *variable, const char *text) {
  TSNode statement = variable->parameter ? (TSNode){0} : statement_around(run, variable->declaration.start);
  if (!ts_node_is_null(statement) && !syntax_node_is_function(statement) &&
      !syntax_node_is_one_of(statement, CLASSES)) {
    insert_behind(run, edits, statement, text);
    return;
  }
  TSNode function = syntax_node_function(source_node(&run->source, fix_function(run, variable->owner)->span));
  insert_before(run, edits, ts_node_named_child(syntax_node_field(function, "body"), 0), text);
}

void javascript_place_add(const FixRun *run, Edits *edits, const JavaScriptPlace *place, const char *text) {
  if (place->class_id)
    add_to_class(run, edits, place->class_id, text);
  else if (place->beside)
    add_beside(run, edits, module_variable(fix_module(run), place->beside), text);
  else
    insert_before(run, edits, top_statement(run, fix_function(run, run->report->candidate.origin)->span.start), text);
}
