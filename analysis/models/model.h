// What libraries do: declarative tables of known functions, types and methods, one row a line.
//
// A path names an import or a global of the runtime as source code reaches it: "asyncio.create_task", "Promise.all",
// "async-mutex.Mutex". A method of a known type continues the path ("asyncio.Queue.get"). A method whose receiver is
// of no known type is looked up as "*.name".
//
// To teach Racewise a library, add a row to python.def or javascript.def; nothing else knows library names. A project
// adds rows for its own libraries by its configuration (`Module.own`); those come first.
#ifndef RACEWISE_MODELS_MODEL_H
#define RACEWISE_MODELS_MODEL_H

#include "../ir/ir.h"

typedef enum ModelKind {
  MODEL_NONE,
  // Types
  MODEL_LOCK,        // makes a mutual exclusion lock of the event loop
  MODEL_SEMAPHORE,   // the same, where its first argument is 1
  MODEL_THREAD_LOCK, // makes a lock of threads
  MODEL_COLLECTION,  // makes a collection; with COPY, from its first argument
  MODEL_TASK_GROUP,  // makes an object whose methods start tasks and whose exit waits for them
  MODEL_TYPE,        // makes another object of a known type
  // Tasks
  MODEL_RUN,            // runs the coroutines it is given to completion: the program's main
  MODEL_SPAWN,          // starts the coroutines it is given
  MODEL_GATHER,         // starts the coroutines it is given; awaiting the result waits for all of them
  MODEL_SPAWN_FUNCTION, // starts the function it is given as a task
  MODEL_HANDLER,        // registers the function it is given, which then runs for every event
  MODEL_EFFECT,         // calls the function it is given now and whenever what it depends on changes
  MODEL_CALL_NOW,       // calls the function it is given for every element, before it returns
  MODEL_LOCKED,         // calls the function it is given while it holds its receiver, a lock
  MODEL_CALL_LATER,     // calls the function it is given once, later
  MODEL_WAIT,           // awaits what it is given and returns its result (wait_for, shield)
  MODEL_NEVER_SUSPENDS, // entering, leaving or awaiting it lets no other task run
  // Values
  MODEL_STATE,  // gives a value of a component's state and the function that replaces it
  MODEL_METHOD, // reads or changes its receiver, as `effects` says
  MODEL_PURE,   // computes its result from its arguments
  MODEL_COPY,   // gives a new collection made from its first argument
} ModelKind;

typedef enum ModelEffect {
  EFFECT_READ = 1 << 0,    // looks at the receiver (at the key, where there is one)
  EFFECT_ADD = 1 << 1,     // adds an element
  EFFECT_REMOVE = 1 << 2,  // removes an element
  EFFECT_CLEAR = 1 << 3,   // removes all elements
  EFFECT_SET = 1 << 4,     // replaces the element at the key
  EFFECT_VIEW = 1 << 5,    // the result is the receiver seen another way: iterating it iterates the receiver
  EFFECT_COPY = 1 << 6,    // the result is a new collection
  EFFECT_ELEMENT = 1 << 7, // the result is an element
  // Coroutines, promises and tasks
  EFFECT_AWAITABLE = 1 << 8, // the result is a coroutine or a promise that is up to the caller
  EFFECT_TASK = 1 << 9,      // the result is a task that the loop itself does not keep alive
  EFFECT_CHAIN = 1 << 10,    // the result is a promise that follows the receiver; the key argument handles its failure
  EFFECT_DROPS = 1 << 11,    // what the function it is given returns is ignored
  EFFECT_TESTS = 1 << 12,    // what the function it is given returns is taken for a plain value at once
  EFFECT_FOLDS = 1 << 13,    // what the function it is given returns is its first argument the next time
  EFFECT_ALIKE = 1 << 14,    // as a decorator it gives a function that returns what the decorated one does
  EFFECT_CLEANS = 1 << 20,   // what the function it is given returns is called before it is called again
  EFFECT_EXECUTES =
      1 << 15,           // with `new`, calls the function it is given with what settles the promise that is the result
  EFFECT_SAFE = 1 << 16, // the promise that is the result never fails
  EFFECT_LENIENT = 1 << 17, // removes nothing where nothing is there
  EFFECT_FIRST = 1 << 18,   // the element is the first, whatever is added at the end
  EFFECT_CUTS = 1 << 19,    // with an index of zero alone, removes all elements
  EFFECT_IN_TURN = 1 << 21, // the function it is given is called again only when what it returned is done
} ModelEffect;

#define EFFECT_WRITES (EFFECT_ADD | EFFECT_REMOVE | EFFECT_CLEAR | EFFECT_SET)

typedef struct Model {
  const char *path;
  uint8_t kind;     // ModelKind
  uint32_t effects; // ModelEffect
  int8_t key;       // which argument is the key; -1 for none
  int8_t arguments; // at most this many arguments make it the method meant; -1 for any
} Model;

typedef struct Models Models;

// The models of a module's language; lives in the arena. Look-ups are remembered by symbol.
Models *models_new(Arena *arena, const Module *module);

// The row of a path, or NULL.
const Model *models_find(Models *models, Symbol path);
// The row "*.name", or NULL.
const Model *models_find_method(Models *models, Symbol name);

// All rows of the language, for tests. Returns how many.
uint32_t models_rows(const Module *module, const Model **rows);

// Whether reading this field looks at a collection's content: "length", "size".
bool model_field_is_content(const char *name);
// Whether a method of this name is, by custom, for one task at a time: a step of an iteration, a read of a stream, the
// entry and exit of a context manager.
bool model_method_is_sequential(const char *name);
// Whether a method of this name puts its argument into a queue.
bool model_method_puts(const char *name);
// Whether a method of this name, by custom, starts an object: it is called once in its life, before the others.
bool model_method_starts(const char *name);
// Whether a context manager of this name, whatever module it comes from, is a time limit: it never suspends.
bool model_name_is_time_limit(const char *name);
// Whether an object of a class of this name is, by custom, used by one task: a request, a cursor, a transaction.
bool model_class_is_sequential(const char *name);

// Whether a class that is decorated so is a record of a database: each task loads objects of its own.
bool model_decorator_is_record(const char *name);

// Whether a property of a parameter of this name belongs to the whole program: `request.app`.
bool model_property_is_shared(const char *parameter, const char *property);

// Whether objects of a type of this path are there for tasks to wait for each other: locks, semaphores, events, queues.
bool model_type_is_synchroniser(const char *path);

// Whether a name is how people call a lock: "lock", "_mutex", "writeLock". For objects made elsewhere.
bool model_name_is_lock(const char *name);
// The same for an event loop of asyncio: "loop", "_event_loop", "get_running_loop".
bool model_name_is_loop(const char *name);

#endif
