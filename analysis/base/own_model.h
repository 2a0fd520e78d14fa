// What functions and types of a project's own do, as its configuration tells: plain data.
#ifndef RACEWISE_BASE_OWN_MODEL_H
#define RACEWISE_BASE_OWN_MODEL_H

typedef enum OwnKind {
  OWN_LOCK,    // a type whose objects exclude other tasks
  OWN_SPAWN,   // starts the coroutines, or the functions, that it is given as tasks
  OWN_HANDLER, // registers the function that it is given, which then runs for every event
  OWN_SESSION, // a type, or a function that gives an object, that serves one task at a time
  OWN_NETWORK, // reaches the network, a database or files
} OwnKind;

typedef struct OwnModel {
  OwnKind kind;
  const char *path; // as in models/model.h: "shop.locks.Mutex", "*.start_job", "@on_message"; or "shop.api.*"
} OwnModel;

#endif
