// Memory for syntax trees that are thrown away whole.
//
// tree-sitter frees a tree node by node, which takes a tenth of the time of a parse. Whoever parses many texts once
// each, as the command line does, lets every tree live in a pool of its own that goes at once. A server that edits its
// trees, whose nodes pass from one tree to the next, does not.
//
// tree-sitter's allocator is one for the process and is handed nothing to tell trees apart by: the pool that a thread
// allocates from is therefore the one thing in Racewise that a thread keeps aside.
#ifndef RACEWISE_SYNTAX_TREE_POOL_H
#define RACEWISE_SYNTAX_TREE_POOL_H

// Lets the trees that are parsed from now on live in pools. Once, before the first tree and the first thread.
void tree_pools_install(void);

typedef struct TreePool TreePool;

// A pool with one reference; NULL where pools are not installed, which all of the functions below take for "none".
TreePool *tree_pool_new(void);
TreePool *tree_pool_ref(TreePool *pool);
void tree_pool_unref(TreePool *pool); // on any thread; with the last reference all its memory goes

// What tree-sitter allocates on this thread from now on comes from the pool, until the one before is entered again.
// Returns that one. One thread at a time for each pool.
TreePool *tree_pool_enter(TreePool *pool);

#endif
