// Python's scopes and the names in them: which variable a name means where.
//
// The binder makes a scope for the module, each function and lambda, each class body, and each comprehension and list
// of type parameters (`SCOPE_INLINE`: names of its own, but run by the function around it), and tells every use and
// binding of a name. `python_scopes_resolve` then decides: a name belongs to the innermost scope around it that binds
// it, class bodies being visible only to the code right in them; what nobody binds is a builtin.
#ifndef RACEWISE_FRONTEND_PYTHON_SCOPES_H
#define RACEWISE_FRONTEND_PYTHON_SCOPES_H

#include "../../ir/builder.h"

typedef uint32_t ScopeId; // 0: none

typedef enum ScopeKind { SCOPE_MODULE, SCOPE_FUNCTION, SCOPE_CLASS, SCOPE_INLINE } ScopeKind;

typedef struct Scope {
  ScopeKind kind;
  ScopeId parent;
  Span span;           // of the node that makes the scope
  FunctionId function; // the function that runs the scope's code
  ClassId class_id;    // of a class body
  Value class_value;   // of a class body under way: the class, in the function that runs it
  bool protocol;       // of a class body: a `Protocol`, whose methods have no bodies of their own
  Symbol qualified;    // what the names of functions and classes inside start with
  bool lowered;        // a function's body has been lowered: a second copy of a `finally` does not do so again
} Scope;

typedef enum NameFlag {
  NAME_BOUND = 1 << 0,
  NAME_PARAMETER = 1 << 1,
  NAME_SELF = 1 << 2,     // the receiver parameter
  NAME_GLOBAL = 1 << 3,   // `global`
  NAME_NONLOCAL = 1 << 4, // `nonlocal`
  NAME_IMPORT = 1 << 5,
  NAME_CAPTURED = 1 << 6, // used by a function inside: a cell
  NAME_ASSIGNED = 1 << 7, // of a class body: lowering has passed its first assignment
  NAME_EXPORTED = 1 << 8, // listed in `__all__`
} NameFlag;

// What one scope says of one name.
typedef struct Name {
  ScopeId scope;
  Symbol symbol;
  uint32_t flags;
  uint32_t bindings;
  Symbol import_path;  // of the first import that binds it
  Span declaration;    // the first binding
  uint32_t owner;      // the name that this one means: itself, or one of a scope around
  VariableId variable; // 0 for a name of a class body, which is a field of the class
} Name;

typedef struct Scopes Scopes;

Scopes *python_scopes_new(Arena *arena, Builder *builder);

// The pointer is good until the next `scopes_add`. Scopes are added in the order of the source.
Scope *scopes_add(Scopes *scopes, ScopeKind kind, ScopeId parent, Span span, ScopeId *id);
Scope *scopes_get(const Scopes *scopes, ScopeId scope);
// The scope that the node at `span` made, or 0.
ScopeId scopes_at(const Scopes *scopes, Span span);

void python_scopes_use(Scopes *scopes, ScopeId scope, Symbol symbol);
// The pointer is good until the next use or binding.
Name *scopes_bind(Scopes *scopes, ScopeId scope, Symbol symbol, Span span);
// Says something of a name without binding it.
void python_scopes_declare(Scopes *scopes, ScopeId scope, Symbol symbol, NameFlag flag);

// Declares all variables.
void python_scopes_resolve(Scopes *scopes);

// After `python_scopes_resolve`: the name as the scope has it, or NULL where the binder saw neither use nor binding.
Name *scopes_find(const Scopes *scopes, ScopeId scope, Symbol symbol);
// Is the name a field of the class whose body the scope is?
bool scopes_is_class_field(const Scopes *scopes, const Name *name);
// The variable that a name means in a scope, or, with `outer`, to the scopes around it. A name that nobody binds
// becomes a builtin. 0 for a class field, or for a local that the function of the scope cannot read.
VariableId python_scopes_variable(Scopes *scopes, ScopeId scope, Symbol symbol, bool outer);
// Is the variable used by a function inside its owner?
bool python_scopes_is_cell(const Scopes *scopes, VariableId variable);

#endif
