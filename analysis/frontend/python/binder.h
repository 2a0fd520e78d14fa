// The first pass over a Python file: declares its functions and classes and finds out which scope binds which name.
#ifndef RACEWISE_FRONTEND_PYTHON_BINDER_H
#define RACEWISE_FRONTEND_PYTHON_BINDER_H

#include "reader.h"
#include "scopes.h"

// How deep nodes may nest; what lies deeper is left out.
enum { PYTHON_DEPTH_LIMIT = 500 };

typedef struct Binder {
  Arena *arena;
  Builder *builder;
  Module *module;
  Symbols *symbols;
  const Nodes *nodes;
  Scopes *scopes;
  ScopeId scope;
  uint32_t depth;
  uint32_t decorators;  // DecoratorFlag: of the definition that comes next
  Symbol assigned_name; // what the lambda that comes next is assigned to
} Binder;

// Binds a whole file; returns its scopes, resolved. Scope 1 is the module's.
Scopes *python_bind(Arena *arena, Builder *builder, const Nodes *nodes, Node root);

// --- between the binder's files
void bind_node(Binder *binder, Node node);
void bind_all(Binder *binder, Node node);         // its children
void bind_as_target(Binder *binder, Node target); // what is assigned to
Name *bind_name(Binder *binder, Node identifier); // in the current scope
Symbol binder_symbol(const Binder *binder, Node node);

// Handlers of definitions (binder_definitions.c).
void bind_function(Binder *binder, Node node);
void bind_lambda(Binder *binder, Node node);
void bind_class(Binder *binder, Node node);
void bind_decorated(Binder *binder, Node node);
// Sets what importers may name, once the whole file is bound.
void bind_exports(Binder *binder);

#endif
