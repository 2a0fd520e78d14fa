// What every name and every function in a file is: the frontend's first pass.
#ifndef RACEWISE_JAVASCRIPT_BINDINGS_H
#define RACEWISE_JAVASCRIPT_BINDINGS_H

#include "scopes.h"
#include "tree.h"

typedef struct Bindings Bindings;

// Declares the file's variables and functions with the builder, functions in source order (`parent` set, the rest left
// to the lowering). Walks without recursion.
Bindings *bindings_new(Arena *arena, Builder *builder, const Tree *tree);

// The variable that the name at this node stands for; 0 for what is no variable.
VariableId bindings_variable(Bindings *bindings, Node name);
bool bindings_is_cell(const Bindings *bindings, VariableId variable);
bool bindings_is_read(const Bindings *bindings, VariableId variable);

// The function of a function node; of a class body, the constructor that its fields make necessary. 0: none.
FunctionId bindings_function(const Bindings *bindings, Node node);
// The other way round.
Node bindings_node(const Bindings *bindings, FunctionId function);
// Whether its own receiver is used in it, arrow functions inside included.
bool bindings_uses_this(const Bindings *bindings, FunctionId function);

// The import path of a call `require('m')`, or `require('m').name`; 0 when the node is nothing like that.
Symbol bindings_require(const Tree *tree, Symbols *symbols, Node node);
// "m" of the string node 'node:m': the path that an import from there has.
Symbol bindings_module_path(const Tree *tree, Symbols *symbols, Node string);

#endif
