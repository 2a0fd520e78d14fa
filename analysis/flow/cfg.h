// The control flow graph of a function, and what decides whether a block runs.
//
// Exceptions are edges for data flow (every block leads to its handler) but not for control dependence: otherwise every
// call would decide about everything behind it. A handler depends on what its protected region depends on.
#ifndef RACEWISE_FLOW_CFG_H
#define RACEWISE_FLOW_CFG_H

#include "../ir/ir.h"

typedef struct Cfg Cfg;

// Lives in the arena. NULL where the function is too large for the tables (it is then not analysed).
Cfg *cfg_new(Arena *arena, const Function *function);

// Blocks in reverse postorder over all edges, entry first; `*count` is how many. Unreachable blocks are not in it.
const BlockId *cfg_order(const Cfg *cfg, uint32_t *count);
uint32_t cfg_position(const Cfg *cfg, BlockId block); // in that order

// Whether the block lies on a cycle.
bool cfg_in_loop(const Cfg *cfg, BlockId block);
// Whether control can get from the end of `from` to the start of `to`.
bool cfg_reaches(const Cfg *cfg, BlockId from, BlockId to);

// Whether control can leave the function from the start of `from` without passing any of `blocks`.
bool cfg_leaves_without(const Cfg *cfg, BlockId from, const BlockId *blocks, uint32_t count);
// Whether control gets into a loop that nothing but an exception ends.
bool cfg_is_endless(const Cfg *cfg);
// Whether an exception is thrown at the end of the block, or of what it jumps to.
bool cfg_only_throws(const Cfg *cfg, BlockId block);
// Whether nothing leads from what the handler protects to `block` but the handler itself.
bool cfg_only_by_handler(Cfg *cfg, BlockId handler, BlockId block);

typedef enum ControlEdge { CONTROL_NONE = 0, CONTROL_TRUE = 1, CONTROL_FALSE = 2, CONTROL_BOTH = 3 } ControlEdge;

// By which outcomes of the terminator of `branch` the running of `block` is decided, directly or through other
// branches (Ferrante, Ottenstein, Warren 1987, closed transitively).
ControlEdge cfg_controls(const Cfg *cfg, BlockId branch, BlockId block);

#endif
