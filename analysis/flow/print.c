#include "print.h"

// Texts are joined in the arena: a developer's tool, not on anybody's path.
static const char *print_blocks(const FlowFile *file, FunctionId id, const char *text) {
  const Function *function = module_function(file->module, id);
  const Cfg *cfg = file->cfgs[id];
  if (!cfg)
    return arena_printf(file->arena, "%s  too large\n", text);
  for (BlockId block = 1; block < function->blocks.count; block++) {
    const Block *item = &function->blocks.items[block];
    text = arena_printf(file->arena, "%s  block %u -> %u %u catch %u%s, decided by", text, block, item->successors[0],
                        item->successors[1], item->handler, cfg_in_loop(cfg, block) ? " in a loop" : "");
    for (BlockId branch = 1; branch < function->blocks.count; branch++) {
      static const char *const EDGES[] = {"", "+", "-", "±"};
      ControlEdge edge = cfg_controls(cfg, branch, block);
      if (edge)
        text = arena_printf(file->arena, "%s %u%s", text, branch, EDGES[edge]);
    }
    text = arena_printf(file->arena, "%s\n", text);
  }
  return text;
}

static const char *print_locks(const FlowFile *file, const LockSet *locks, const char *text) {
  for (uint32_t i = 0; i < locks->count; i++)
    text = arena_printf(file->arena, "%s %s(%s)", text, locks->items[i] & LOCK_CLAIM ? "claim" : "lock",
                        location_text(file->locations, locks->items[i] & ~LOCK_CLAIM));
  return text;
}

static const char *const FLAG_NAMES[] = {"read",  "write",    "assign",    "update", "add",    "remove",   "clear",
                                         "nulls", "constant", "validated", "after",  "callee", "argument", "use"};
static const char *const KIND_NAMES[] = {"update", "act", "use", "iterate", "torn", "parked"};

static const char *print_summary(const FlowFile *file, FunctionId id, const char *text) {
  const Summary *summary = &file->summaries[id];
  if (summary->may_suspend)
    text = arena_printf(file->arena, "%s  may suspend\n", text);
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    text = arena_printf(file->arena, "%s  %s", text, location_text(file->locations, access->location));
    for (unsigned bit = 0; bit < sizeof FLAG_NAMES / sizeof *FLAG_NAMES; bit++)
      if (access->flags >> bit & 1)
        text = arena_printf(file->arena, "%s %s", text, FLAG_NAMES[bit]);
    text = print_locks(file, &access->guards, text);
    text = arena_printf(file->arena, "%s at %u\n", text, access->span.start);
  }
  for (uint32_t i = 0; i < summary->candidates.count; i++) {
    const Candidate *candidate = &summary->candidates.items[i];
    text = arena_printf(file->arena, "%s  candidate %s %s: %u ~ %u ~ %u", text, KIND_NAMES[candidate->kind],
                        location_text(file->locations, candidate->location), candidate->first.start,
                        candidate->suspension.start, candidate->second.start);
    text = arena_printf(file->arena, "%s\n", print_locks(file, &candidate->guards, text));
  }
  for (uint32_t i = 0; i < summary->returned.count; i++)
    text = arena_printf(file->arena, "%s  returns %s%s\n", text,
                        location_text(file->locations, summary->returned.items[i].location),
                        summary->returned.items[i].stale ? " stale" : "");
  return text;
}

const char *flow_print(const FlowFile *file, bool graphs) {
  const char *text = "";
  for (FunctionId id = 1; id < file->module->functions.count; id++) {
    text = arena_printf(file->arena, "%sfunction#%u %s\n", text, id,
                        symbol_text(file->module->symbols, module_function(file->module, id)->qualified));
    text = graphs ? print_blocks(file, id, text) : print_summary(file, id, text);
  }
  return text;
}
