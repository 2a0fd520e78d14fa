#include "cfg.h"
#include <string.h>

// Bits that the table of control dependences may have.
#define CONTROL_LIMIT ((uint64_t)1 << 27)

struct Cfg {
  Arena *arena;
  const Function *function;
  uint32_t count; // blocks, the virtual exit (number 0) included
  BlockId *order; // reverse postorder over all edges
  uint32_t order_count;
  uint32_t *position;     // in `order`; UINT32_MAX when unreachable
  BlockId *postdominator; // immediate; 0 is the exit
  uint32_t *component;    // strongly connected component
  bool *cyclic;           // by component
  uint32_t *branch_index; // of a block that ends in BRANCH or NEXT, from 1
  uint32_t branch_count;
  uint64_t *controls; // by block: two bits a branch
  uint32_t words;     // of a row
  BlockId avoided;    // the handler that `around` was found for; 0 for none yet
  bool *around;       // by block: can be reached from what it protects without it
};

static uint32_t edges_of(const Function *function, BlockId block, bool exceptions, BlockId out[3]) {
  const Block *item = &function->blocks.items[block];
  uint32_t count = 0;
  for (int i = 0; i < 2; i++)
    if (item->successors[i])
      out[count++] = item->successors[i];
  if (exceptions && item->handler)
    out[count++] = item->handler;
  return count;
}

// --- reverse postorder, without recursion

typedef struct Visit {
  BlockId block;
  uint32_t next;
} Visit;

static void number_blocks(Cfg *cfg) {
  const Function *function = cfg->function;
  uint8_t *seen = ARENA_ARRAY(cfg->arena, uint8_t, cfg->count);
  Visit *stack = ARENA_ARRAY(cfg->arena, Visit, cfg->count + 1);
  BlockId *post = ARENA_ARRAY(cfg->arena, BlockId, cfg->count);
  uint32_t depth = 0, done = 0;
  stack[depth++] = (Visit){1, 0}, seen[1] = 1;
  while (depth) {
    Visit *top = &stack[depth - 1];
    BlockId next[3];
    uint32_t count = edges_of(function, top->block, true, next);
    if (top->next < count) {
      // The last edge first, so that blocks come in the order of the source.
      BlockId to = next[count - ++top->next];
      if (!seen[to])
        seen[to] = 1, stack[depth++] = (Visit){to, 0};
    } else {
      post[done++] = top->block;
      depth--;
    }
  }
  cfg->order = ARENA_ARRAY(cfg->arena, BlockId, done);
  cfg->position = ARENA_ARRAY(cfg->arena, uint32_t, cfg->count);
  memset(cfg->position, 0xff, sizeof(uint32_t) * cfg->count);
  cfg->order_count = done;
  for (uint32_t i = 0; i < done; i++) {
    cfg->order[i] = post[done - 1 - i];
    cfg->position[cfg->order[i]] = i;
  }
}

// --- strongly connected components (Tarjan 1972, iterative)

typedef struct Components {
  uint32_t *index, *low, next_index, next_component;
  BlockId *pending;
  uint32_t pending_count;
} Components;

static void close_component(Cfg *cfg, Components *state, BlockId block) {
  uint32_t size = 0;
  BlockId member;
  do {
    member = state->pending[--state->pending_count];
    cfg->component[member] = state->next_component;
    size++;
  } while (member != block);
  BlockId next[3];
  uint32_t count = edges_of(cfg->function, block, true, next);
  bool cyclic = size > 1;
  for (uint32_t i = 0; i < count; i++)
    if (next[i] == block)
      cyclic = true;
  cfg->cyclic[state->next_component++] = cyclic;
}

static void find_components(Cfg *cfg) {
  Components state = {
      .index = ARENA_ARRAY(cfg->arena, uint32_t, cfg->count),
      .low = ARENA_ARRAY(cfg->arena, uint32_t, cfg->count),
      .pending = ARENA_ARRAY(cfg->arena, BlockId, cfg->count),
      .next_index = 1,
      .next_component = 1,
  };
  Visit *stack = ARENA_ARRAY(cfg->arena, Visit, cfg->count + 1);
  cfg->component = ARENA_ARRAY(cfg->arena, uint32_t, cfg->count);
  cfg->cyclic = ARENA_ARRAY(cfg->arena, bool, cfg->count + 1);
  uint32_t depth = 0;
  stack[depth++] = (Visit){1, 0};
  while (depth) {
    Visit *top = &stack[depth - 1];
    BlockId block = top->block, next[3];
    if (top->next == 0) {
      state.index[block] = state.low[block] = state.next_index++;
      state.pending[state.pending_count++] = block;
    }
    uint32_t count = edges_of(cfg->function, block, true, next);
    bool descended = false;
    while (top->next < count && !descended) {
      BlockId to = next[top->next++];
      if (!state.index[to]) {
        stack[depth++] = (Visit){to, 0};
        descended = true;
      } else if (!cfg->component[to] && state.index[to] < state.low[block]) {
        state.low[block] = state.index[to];
      }
    }
    if (descended)
      continue;
    if (top->next == 0)
      top->next = 1; // a block without edges is visited once
    if (state.low[block] == state.index[block])
      close_component(cfg, &state, block);
    if (--depth) {
      BlockId parent = stack[depth - 1].block;
      if (!cfg->component[block] && state.low[block] < state.low[parent])
        state.low[parent] = state.low[block];
    }
  }
}

// --- post-dominators (Cooper, Harvey, Kennedy 2001, on the reversed graph)

typedef struct Reverse {
  uint32_t *first, *items; // predecessors of each block, the exit's being the blocks that leave
  BlockId *order;          // reverse postorder of the reversed graph
  uint32_t *rank, count;
} Reverse;

// Whether a block does nothing but let an exception go on that no clause caught.
static bool lets_go_on(const Function *function, BlockId block) {
  const Block *item = &function->blocks.items[block];
  return item->count == 1 && function->code.items[item->first].op == OP_THROW && !function->code.items[item->first].a;
}

// Whether a block asks if a clause catches an exception, and lets it go on otherwise.
static bool asks_last_clause(const Function *function, BlockId block) {
  const Block *item = &function->blocks.items[block];
  if (!item->successors[1] || !lets_go_on(function, item->successors[1]))
    return false;
  for (uint32_t i = 0; i < item->count; i++)
    if (function->code.items[item->first + i].op == OP_CATCH)
      return true;
  return false;
}

// The edges that count for post-dominance: what leaves goes to the exit, a raise goes to its handler, an exception that
// no clause catches counts as little as the one that was raised; `extra` marks one block of each endless loop, which
// gets an edge to the exit.
static uint32_t forward_edges(const Cfg *cfg, const bool *extra, BlockId block, BlockId out[3]) {
  uint32_t count = edges_of(cfg->function, block, false, out);
  if (count == 2 && asks_last_clause(cfg->function, block))
    count = 1;
  if (count == 0)
    out[count++] = cfg->function->blocks.items[block].handler;
  if (extra[block])
    out[count++] = 0;
  return count;
}

static void build_predecessors(const Cfg *cfg, const bool *extra, Reverse *reverse) {
  BlockId next[3];
  memset(reverse->first, 0, sizeof(uint32_t) * (cfg->count + 1));
  for (uint32_t i = 0; i < cfg->order_count; i++) {
    uint32_t count = forward_edges(cfg, extra, cfg->order[i], next);
    for (uint32_t e = 0; e < count; e++)
      reverse->first[next[e] + 1]++;
  }
  for (uint32_t i = 0; i < cfg->count; i++)
    reverse->first[i + 1] += reverse->first[i];
  uint32_t *fill = ARENA_ARRAY(cfg->arena, uint32_t, cfg->count);
  for (uint32_t i = 0; i < cfg->order_count; i++) {
    uint32_t count = forward_edges(cfg, extra, cfg->order[i], next);
    for (uint32_t e = 0; e < count; e++)
      reverse->items[reverse->first[next[e]] + fill[next[e]]++] = cfg->order[i];
  }
}

// Postorder from the exit over predecessors; marks what it reaches.
static void number_reverse(const Cfg *cfg, Reverse *reverse, bool *reached, Visit *stack) {
  uint32_t depth = 0, done = 0;
  memset(reached, 0, sizeof(bool) * cfg->count);
  stack[depth++] = (Visit){0, 0}, reached[0] = true;
  while (depth) {
    Visit *top = &stack[depth - 1];
    uint32_t at = reverse->first[top->block] + top->next;
    if (at < reverse->first[top->block + 1]) {
      top->next++;
      BlockId to = reverse->items[at];
      if (!reached[to])
        reached[to] = true, stack[depth++] = (Visit){to, 0};
    } else {
      reverse->order[done++] = top->block;
      depth--;
    }
  }
  reverse->count = done;
  for (uint32_t i = 0; i < done; i++)
    reverse->rank[reverse->order[i]] = i; // the exit has the highest rank
}

static BlockId meet(const Cfg *cfg, const Reverse *reverse, BlockId a, BlockId b) {
  while (a != b) {
    while (reverse->rank[a] < reverse->rank[b])
      a = cfg->postdominator[a];
    while (reverse->rank[b] < reverse->rank[a])
      b = cfg->postdominator[b];
  }
  return a;
}

static void solve_postdominators(Cfg *cfg, const bool *extra, const Reverse *reverse) {
  bool *known = ARENA_ARRAY(cfg->arena, bool, cfg->count);
  known[0] = true;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = reverse->count - 1; i-- > 0;) {
      BlockId block = reverse->order[i], next[3], best = UINT32_MAX;
      uint32_t count = forward_edges(cfg, extra, block, next);
      for (uint32_t e = 0; e < count; e++)
        if (known[next[e]])
          best = best == UINT32_MAX ? next[e] : meet(cfg, reverse, best, next[e]);
      if (!known[block] || cfg->postdominator[block] != best) {
        cfg->postdominator[block] = best;
        known[block] = changed = true;
      }
    }
  }
}

static bool *find_postdominators(Cfg *cfg) {
  uint32_t edges = cfg->count * 3 + 1;
  Reverse reverse = {
      .first = ARENA_ARRAY(cfg->arena, uint32_t, cfg->count + 1),
      .items = ARENA_ARRAY(cfg->arena, uint32_t, edges),
      .order = ARENA_ARRAY(cfg->arena, BlockId, cfg->count),
      .rank = ARENA_ARRAY(cfg->arena, uint32_t, cfg->count),
  };
  bool *extra = ARENA_ARRAY(cfg->arena, bool, cfg->count);
  bool *reached = ARENA_ARRAY(cfg->arena, bool, cfg->count);
  bool *closed = ARENA_ARRAY(cfg->arena, bool, cfg->count + 1); // components that got their edge to the exit
  Visit *stack = ARENA_ARRAY(cfg->arena, Visit, cfg->count + 1);
  build_predecessors(cfg, extra, &reverse);
  number_reverse(cfg, &reverse, reached, stack);
  bool endless = false;
  for (uint32_t i = 0; i < cfg->order_count; i++) {
    BlockId block = cfg->order[i];
    if (reached[block] || !cfg->cyclic[cfg->component[block]] || closed[cfg->component[block]])
      continue;
    endless = extra[block] = closed[cfg->component[block]] = true;
  }
  if (endless) {
    build_predecessors(cfg, extra, &reverse);
    number_reverse(cfg, &reverse, reached, stack);
  }
  cfg->postdominator = ARENA_ARRAY(cfg->arena, BlockId, cfg->count);
  solve_postdominators(cfg, extra, &reverse);
  return extra;
}

// --- control dependence

static uint64_t *row_of(const Cfg *cfg, BlockId block) {
  return cfg->controls + (size_t)block * cfg->words;
}

static void set_control(Cfg *cfg, BlockId block, BlockId branch, uint32_t edge) {
  uint32_t bit = (cfg->branch_index[branch] - 1) * 2 + edge;
  row_of(cfg, block)[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void direct_dependences(Cfg *cfg) {
  for (uint32_t i = 0; i < cfg->order_count; i++) {
    BlockId branch = cfg->order[i];
    if (!cfg->branch_index[branch])
      continue;
    const Block *block = &cfg->function->blocks.items[branch];
    for (uint32_t edge = 0; edge < 2; edge++)
      for (BlockId at = block->successors[edge]; at && at != cfg->postdominator[branch]; at = cfg->postdominator[at])
        set_control(cfg, at, branch, edge);
  }
}

static bool merge_row(const Cfg *cfg, BlockId into, BlockId from) {
  uint64_t *to = row_of(cfg, into), *source = row_of(cfg, from), changed = 0;
  for (uint32_t w = 0; w < cfg->words; w++) {
    changed |= source[w] & ~to[w];
    to[w] |= source[w];
  }
  return changed != 0;
}

// The region a handler protects starts at the first block that leads to it.
static BlockId *region_starts(const Cfg *cfg) {
  BlockId *start = ARENA_ARRAY(cfg->arena, BlockId, cfg->count);
  for (uint32_t i = 0; i < cfg->order_count; i++) {
    BlockId handler = cfg->function->blocks.items[cfg->order[i]].handler;
    if (handler && !start[handler])
      start[handler] = cfg->order[i];
  }
  return start;
}

// Adds to each block what decides about the branches that decide about it.
static void close_dependences(Cfg *cfg) {
  BlockId *branches = ARENA_ARRAY(cfg->arena, BlockId, cfg->branch_count + 1);
  BlockId *start = region_starts(cfg);
  for (uint32_t i = 0; i < cfg->order_count; i++)
    branches[cfg->branch_index[cfg->order[i]]] = cfg->order[i];
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < cfg->order_count; i++) {
      BlockId block = cfg->order[i];
      if (start[block] && merge_row(cfg, block, start[block]))
        changed = true;
      for (uint32_t w = 0; w < cfg->words; w++) {
        for (uint64_t bits = row_of(cfg, block)[w]; bits; bits &= bits - 1) {
          uint32_t branch = (w * 64 + (uint32_t)__builtin_ctzll(bits)) / 2 + 1;
          if (branches[branch] != block && merge_row(cfg, block, branches[branch]))
            changed = true;
        }
      }
    }
  }
}

static bool find_dependences(Cfg *cfg) {
  cfg->branch_index = ARENA_ARRAY(cfg->arena, uint32_t, cfg->count);
  for (uint32_t i = 0; i < cfg->order_count; i++)
    if (cfg->function->blocks.items[cfg->order[i]].successors[1])
      cfg->branch_index[cfg->order[i]] = ++cfg->branch_count;
  cfg->words = (cfg->branch_count * 2 + 63) / 64;
  if ((uint64_t)cfg->words * 64 * cfg->count > CONTROL_LIMIT)
    return false;
  cfg->controls = ARENA_ARRAY(cfg->arena, uint64_t, (size_t)cfg->words * cfg->count + 1);
  direct_dependences(cfg);
  close_dependences(cfg);
  return true;
}

Cfg *cfg_new(Arena *arena, const Function *function) {
  Cfg *cfg = ARENA_NEW(arena, Cfg);
  *cfg = (Cfg){.arena = arena, .function = function, .count = function->blocks.count};
  number_blocks(cfg);
  find_components(cfg);
  find_postdominators(cfg);
  return find_dependences(cfg) ? cfg : NULL;
}

const BlockId *cfg_order(const Cfg *cfg, uint32_t *count) {
  *count = cfg->order_count;
  return cfg->order;
}

uint32_t cfg_position(const Cfg *cfg, BlockId block) {
  return cfg->position[block];
}

bool cfg_in_loop(const Cfg *cfg, BlockId block) {
  return cfg->cyclic[cfg->component[block]];
}

bool cfg_reaches(const Cfg *cfg, BlockId from, BlockId to) {
  uint8_t *seen = ARENA_ARRAY(cfg->arena, uint8_t, cfg->count);
  BlockId *stack = ARENA_ARRAY(cfg->arena, BlockId, cfg->count * 3 + 1);
  uint32_t depth = 0;
  stack[depth++] = from;
  while (depth) {
    BlockId next[3];
    uint32_t count = edges_of(cfg->function, stack[--depth], true, next);
    for (uint32_t i = 0; i < count; i++) {
      if (next[i] == to)
        return true;
      if (!seen[next[i]])
        seen[next[i]] = 1, stack[depth++] = next[i];
    }
  }
  return false;
}

bool cfg_leaves_without(const Cfg *cfg, BlockId from, const BlockId *blocks, uint32_t count) {
  uint8_t *seen = ARENA_ARRAY(cfg->arena, uint8_t, cfg->count);
  BlockId *stack = ARENA_ARRAY(cfg->arena, BlockId, cfg->count * 3 + 1);
  uint32_t depth = 0;
  for (uint32_t i = 0; i < count; i++)
    seen[blocks[i]] = 1;
  if (!seen[from])
    seen[from] = 1, stack[depth++] = from;
  while (depth) {
    BlockId next[3], block = stack[--depth];
    uint32_t edges = edges_of(cfg->function, block, false, next);
    BlockId handler = cfg->function->blocks.items[block].handler;
    if (!edges && handler)
      next[edges++] = handler;
    if (!edges)
      return true;
    for (uint32_t i = 0; i < edges; i++)
      if (!seen[next[i]])
        seen[next[i]] = 1, stack[depth++] = next[i];
  }
  return false;
}

bool cfg_is_endless(const Cfg *cfg) {
  bool *leaves = ARENA_ARRAY(cfg->arena, bool, cfg->count);
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = cfg->order_count; i-- > 0;) {
      BlockId block = cfg->order[i], next[3];
      uint32_t count = edges_of(cfg->function, block, false, next);
      bool can = !count;
      for (uint32_t e = 0; e < count; e++)
        can |= leaves[next[e]];
      if (can && !leaves[block])
        leaves[block] = changed = true;
    }
  }
  for (uint32_t i = 0; i < cfg->order_count; i++)
    if (!leaves[cfg->order[i]])
      return true;
  return false;
}

enum { JUMP_LIMIT = 8 };

bool cfg_only_throws(const Cfg *cfg, BlockId block) {
  for (unsigned jumps = 0; block && jumps < JUMP_LIMIT; jumps++) {
    const Block *item = &cfg->function->blocks.items[block];
    const Instruction *last = &cfg->function->code.items[item->first + item->count - 1];
    if (last->op == OP_THROW)
      return true;
    if (last->op != OP_JUMP)
      return false;
    block = item->successors[0];
  }
  return false;
}

// Marks what can be reached, without the handler, once an instruction that it protects did not fail.
static void find_around(Cfg *cfg, BlockId handler) {
  BlockId *stack = ARENA_ARRAY(cfg->arena, BlockId, cfg->count * 2), next[3];
  uint32_t depth = 0;
  if (!cfg->around)
    cfg->around = ARENA_ARRAY(cfg->arena, bool, cfg->count);
  memset(cfg->around, 0, sizeof(bool) * cfg->count);
  cfg->avoided = handler;
  for (uint32_t i = 0; i < cfg->order_count; i++)
    if (cfg->function->blocks.items[cfg->order[i]].handler == handler)
      stack[depth++] = cfg->order[i];
  while (depth) {
    BlockId block = stack[--depth];
    bool protected = cfg->function->blocks.items[block].handler == handler;
    uint32_t count = edges_of(cfg->function, block, !protected, next);
    for (uint32_t i = 0; i < count; i++)
      if (next[i] != handler && !cfg->around[next[i]])
        cfg->around[next[i]] = true, stack[depth++] = next[i];
  }
}

bool cfg_only_by_handler(Cfg *cfg, BlockId handler, BlockId block) {
  if (cfg->avoided != handler)
    find_around(cfg, handler);
  return !cfg->around[block];
}

ControlEdge cfg_controls(const Cfg *cfg, BlockId branch, BlockId block) {
  uint32_t index = cfg->branch_index[branch];
  if (!index)
    return CONTROL_NONE;
  uint32_t bit = (index - 1) * 2;
  return (ControlEdge)(row_of(cfg, block)[bit / 64] >> bit % 64 & 3);
}
