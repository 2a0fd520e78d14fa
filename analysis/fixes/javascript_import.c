#include "javascript_import.h"
#include <ctype.h>
#include <string.h>

static const char *const LISTS[] = {"named_imports", "object_pattern", NULL};

static bool is_hook(const char *name) {
  return strncmp(name, "use", 3) == 0 && isupper((unsigned char)name[3]);
}

const char *javascript_import_of(const FixRun *run, const char *path) {
  const Module *module = fix_module(run);
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (variable->kind == VARIABLE_IMPORT && strcmp(fix_symbol(run, variable->import_path), path) == 0)
      return fix_symbol(run, variable->name);
  }
  return NULL;
}

// `React.useState`: hooks are members of an import.
static bool has_hooks(const FixRun *run, const char *name) {
  const Source *source = &run->source;
  size_t length = strlen(name);
  for (uint32_t at = 0; at + length + 4 < source->length; at++)
    if (memcmp(source->bytes + at, name, length) == 0 && source->bytes[at + length] == '.' &&
        is_hook(source->bytes + at + length + 1))
      return true;
  return false;
}

// Adds to `{ useState, useEffect }`.
static bool add_to_list(const FixRun *run, Edits *edits, const Variable *beside, const char *hook) {
  TSNode list = syntax_node_enclosing(source_node(&run->source, beside->declaration), LISTS);
  TSNode last = syntax_node_last_child(list);
  if (ts_node_is_null(last))
    return false;
  edits_insert(edits, ts_node_end_byte(last), ", %s", hook);
  return true;
}

const char *javascript_import_hook(const FixRun *run, Edits *edits, const char *hook) {
  const Module *module = fix_module(run);
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (variable->kind != VARIABLE_IMPORT)
      continue;
    const char *name = fix_symbol(run, variable->name), *path = fix_symbol(run, variable->import_path);
    const char *member = strrchr(path, '.');
    if (has_hooks(run, name))
      return arena_printf(run->arena, "%s.%s", name, hook);
    if (!member || !is_hook(member + 1) || path[0] == '.')
      continue;
    const char *wanted = arena_printf(run->arena, "%.*s.%s", (int)(member - path), path, hook);
    const char *known = javascript_import_of(run, wanted);
    if (known)
      return known;
    if (add_to_list(run, edits, variable, hook))
      return hook;
  }
  return NULL;
}
