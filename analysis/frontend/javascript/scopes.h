// The lexical scopes of a file, and which variable each name in it stands for.
//
// The binder opens scopes in source order, declares names in them and notes every use; `scopes_resolve` then ties the
// uses to declarations, so that hoisting needs no order. From then on a name is looked up by where it stands.
#ifndef RACEWISE_JAVASCRIPT_SCOPES_H
#define RACEWISE_JAVASCRIPT_SCOPES_H

#include "../../ir/builder.h"

typedef uint32_t ScopeId; // 0: none
typedef struct Scopes Scopes;

typedef struct Declaration {
  Symbol name;
  Span span;
  Symbol import_path; // 0: no import
  bool parameter;
  bool constant;  // the language forbids a second binding
  bool type_only; // an interface, a type parameter: no variable
} Declaration;

Scopes *scopes_new(Arena *arena, Builder *builder);

// A new scope. `hoists`: what `var` declares inside belongs to it. `module`: its variables are the module's.
ScopeId scopes_open(Scopes *scopes, ScopeId parent, FunctionId function, bool hoists, bool module);
ScopeId scopes_hoisting(const Scopes *scopes, ScopeId scope); // the nearest one that hoists

// Declares a name, again perhaps; its place counts as a use that writes it.
void scopes_declare(Scopes *scopes, ScopeId scope, const Declaration *declaration);
// Notes a use of a name that starts at byte `start`.
void scopes_use(Scopes *scopes, ScopeId scope, Symbol name, uint32_t start, bool writes);
// An import that has no name in the file (`export … from`), found at byte `start`.
void scopes_import(Scopes *scopes, Symbol import_path, Span span);

// Once, when all is declared: finds the variable of every use, what is captured and what is constant.
void scopes_resolve(Scopes *scopes);

// The variable of the name that starts at byte `start`; 0 where there is none.
VariableId scopes_variable(Scopes *scopes, uint32_t start);
// Whether an inner function uses it, so that it is no value of its owner. True for all but VARIABLE_LOCAL.
bool scopes_is_cell(const Scopes *scopes, VariableId variable);
bool scopes_is_read(const Scopes *scopes, VariableId variable);

#endif
