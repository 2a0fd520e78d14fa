#include "python_import.h"
#include <string.h>

const Variable *python_import_of(const FixRun *run, const char *path) {
  const Module *module = fix_module(run);
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (variable->kind == VARIABLE_IMPORT && strcmp(fix_symbol(run, variable->import_path), path) == 0)
      return variable;
  }
  return NULL;
}

static bool is_import(TSNode node) {
  return syntax_node_is(node, "import_statement") || syntax_node_is(node, "import_from_statement");
}

uint32_t python_import_end(const FixRun *run) {
  uint32_t end = 0;
  for (uint32_t i = 0; i < ts_node_named_child_count(run->source.root); i++) {
    TSNode child = ts_node_named_child(run->source.root, i);
    if (is_import(child))
      end = ts_node_end_byte(child);
  }
  return end;
}

// `import b` goes before `import c`, and plain imports before `from` imports, as isort has them.
static bool stands_before(const Source *source, const char *module, TSNode import) {
  if (!syntax_node_is(import, "import_statement"))
    return false;
  TSNode name = ts_node_named_child(import, 0);
  Span span = syntax_node_span(name);
  size_t length = strlen(module), other = span.end - span.start;
  int order = strncmp(module, source->bytes + span.start, length < other ? length : other);
  return order < 0;
}

// Of the standard library's modules those that programs of coroutines import most.
static bool is_standard(const Source *source, TSNode import) {
  static const char *const MODULES[] = {
      "abc",        "argparse",   "array",  "asyncio",    "ast",         "base64",   "bisect",    "collections",
      "concurrent", "contextlib", "copy",   "csv",        "dataclasses", "datetime", "decimal",   "enum",
      "errno",      "functools",  "gc",     "getpass",    "hashlib",     "heapq",    "hmac",      "html",
      "http",       "inspect",    "io",     "ipaddress",  "itertools",   "json",     "logging",   "math",
      "mimetypes",  "operator",   "os",     "pathlib",    "pickle",      "platform", "queue",     "random",
      "re",         "secrets",    "select", "shlex",      "shutil",      "signal",   "socket",    "sqlite3",
      "ssl",        "string",     "struct", "subprocess", "sys",         "tempfile", "threading", "time",
      "traceback",  "types",      "typing", "unittest",   "urllib",      "uuid",     "warnings",  "weakref",
      "xml",        "zlib",       NULL};
  TSNode from = syntax_node_field(import, "module_name");
  TSNode name = ts_node_is_null(from) ? syntax_node_child(import, 0) : from;
  Span span = ts_node_is_null(name) ? syntax_node_span(import) : syntax_node_span(name);
  for (const char *const *module = MODULES; *module; module++) {
    size_t length = strlen(*module);
    char next = span.start + length < span.end ? source->bytes[span.start + length] : '.';
    if (span.start + length <= span.end && strncmp(source->bytes + span.start, *module, length) == 0 &&
        (next == '.' || next == ' '))
      return true;
  }
  return false;
}

static void insert_import(const FixRun *run, Edits *edits, const char *module) {
  const Source *source = &run->source;
  TSNode first = {0}, head = {0}, last_plain = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(source->root); i++) {
    TSNode child = ts_node_named_child(source->root, i);
    bool docstring = (ts_node_is_null(head) || syntax_node_is(head, "comment")) &&
                     syntax_node_is(child, "expression_statement") &&
                     syntax_node_is(syntax_node_child(child, 0), "string");
    if (is_import(child)) {
      if (ts_node_is_null(first))
        first = child;
      if (stands_before(source, module, child) && is_standard(source, child)) {
        edits_insert(edits, ts_node_start_byte(child), "import %s\n", module);
        return;
      }
      if (syntax_node_is(child, "import_statement") && is_standard(source, child))
        last_plain = child;
    } else if (!ts_node_is_null(first)) {
      break;
    } else if (docstring || syntax_node_is(child, "future_import_statement") || syntax_node_is(child, "comment")) {
      head = child;
    } else {
      break;
    }
  }
  if (!ts_node_is_null(last_plain))
    edits_insert(edits, source_line_end(source, ts_node_end_byte(last_plain)), "\nimport %s", module);
  else if (!ts_node_is_null(first))
    edits_insert(edits, ts_node_start_byte(first), is_standard(source, first) ? "import %s\n" : "import %s\n\n",
                 module);
  else if (!ts_node_is_null(head))
    edits_insert(edits, source_line_end(source, ts_node_end_byte(head)), "\n\nimport %s", module);
  else
    edits_insert(edits, 0, "import %s\n\n", module);
}

// `from module import names` at the top of the file; a null node where there is none.
static TSNode from_import(const Source *source, const char *module) {
  TSNode none = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(source->root); i++) {
    TSNode child = ts_node_named_child(source->root, i);
    TSNode last = ts_node_named_child(child, ts_node_named_child_count(child) - 1);
    bool names = syntax_node_is(last, "dotted_name") || syntax_node_is(last, "aliased_import");
    if (syntax_node_is(child, "import_from_statement") && names &&
        source_equals(source, syntax_node_span(syntax_node_field(child, "module_name")), module))
      return child;
  }
  return none;
}

// `from asyncio import A, C` takes a B between them.
static void add_name(const Source *source, Edits *edits, TSNode from, const char *member) {
  TSNode module = syntax_node_field(from, "module_name");
  for (uint32_t i = 0; i < ts_node_named_child_count(from); i++) {
    TSNode name = ts_node_named_child(from, i);
    Span span = syntax_node_span(name);
    size_t length = strlen(member), other = span.end - span.start;
    if (ts_node_eq(name, module) || syntax_node_is(name, "comment"))
      continue;
    if (strncmp(member, source->bytes + span.start, length < other ? length : other) < 0) {
      edits_insert(edits, span.start, "%s, ", member);
      return;
    }
  }
  edits_insert(edits, ts_node_end_byte(syntax_node_last_child(from)), ", %s", member);
}

const char *python_import_member(FixRun *run, Edits *edits, const char *module, const char *member) {
  const Variable *whole = python_import_of(run, module);
  if (whole)
    return arena_printf(run->arena, "%s.%s", fix_symbol(run, whole->name), member);
  const Variable *direct = python_import_of(run, arena_printf(run->arena, "%s.%s", module, member));
  if (direct)
    return fix_symbol(run, direct->name);
  TSNode from = from_import(&run->source, module);
  if (!ts_node_is_null(from)) {
    add_name(&run->source, edits, from, member);
    return member;
  }
  insert_import(run, edits, module);
  return arena_printf(run->arena, "%s.%s", module, member);
}
