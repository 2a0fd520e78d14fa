// Objects that serve one task at a time (a database session, a connection, a transaction, a stream), and their uses.
#ifndef RACEWISE_RULES_SESSIONS_H
#define RACEWISE_RULES_SESSIONS_H

#include "code.h"

enum { SESSION_USE_LIMIT = 24 };

// A place where a session is used, told by where the session stands for the function that it is listed for.
typedef struct SessionUse {
  Location session;
  const char *name;
  Span span;
  LockSet guards;
  bool certain; // false: of a parameter, a session only where a caller passes one
  bool drains;  // waits until a stream has sent what it was given: alone it disturbs nobody
} SessionUse;

typedef struct SessionUses {
  SessionUse items[SESSION_USE_LIMIT];
  uint32_t count;
} SessionUses;

typedef struct Sessions Sessions;

// Lives in the arena of the run.
Sessions *sessions_new(RuleRun *run);

// Whether a value is one.
bool sessions_is_session(const Sessions *sessions, FunctionId function, Value value);
// Where the objects stand that a value may be; those that the activation made are told by where they were made.
uint32_t sessions_places(const Sessions *sessions, FunctionId function, Value value, Location places[VALUE_SET_LIMIT]);

// A use that is listed already counts once.
void session_uses_add(SessionUses *uses, const SessionUse *use);
// What a call of a library does with sessions.
void sessions_add_call(const Sessions *sessions, SessionUses *uses, FunctionId function, uint32_t call);
// The sessions among the arguments of any call.
void sessions_add_arguments(const Sessions *sessions, SessionUses *uses, FunctionId function, uint32_t call);

#endif
