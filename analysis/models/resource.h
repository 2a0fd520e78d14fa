// What library calls do to the world outside the program, and which objects are for one task, or one thread, at a time.
//
// Rows are looked up by the path of a call or of a type, as in model.h. Beyond these paths
//   "a.B()"       is the type of what calling a.B gives, where a.B is no class ("asyncpg.connect()")
//   "a.B.*"       speaks of everything below a.B
//   "*.name"      speaks of a method of any object of unknown type
//   "?word.name"  the same, where the object is called so: "word" is the last word of its name ("self._redis" is
//   "redis")
//   "?word.*"     every method of such an object
//
// To teach Racewise a library, add a row to python_resources.def or javascript_resources.def. A project adds rows for
// its own libraries by its configuration (`Module.own`); those come first.
#ifndef RACEWISE_MODELS_RESOURCE_H
#define RACEWISE_MODELS_RESOURCE_H

#include "../ir/ir.h"

typedef enum ResourceUse {
  RESOURCE_SESSION = 1 << 0, // of a type: serves one task at a time
  RESOURCE_LENDS = 1 << 1,   // calls the function it is given with such an object as its first argument
  RESOURCE_REMOTE = 1 << 2,  // reaches the network, a database or files
  RESOURCE_CAP = 1 << 3,     // limits how many run at once
  RESOURCE_TEST = 1 << 4,    // tells whether the thing is there
  RESOURCE_READ = 1 << 5,    // reads the thing
  RESOURCE_WRITE = 1 << 6,   // makes or replaces it
  RESOURCE_REMOVE = 1 << 7,  // removes or moves it away
  RESOURCE_OPEN = 1 << 8,    // reads or writes, as the mode argument says
  RESOURCE_RECORD = 1 << 9,  // … of a record of a database, which the receiver and the key argument tell
  RESOURCE_STORE = 1 << 16, // … of an entry of the receiver; without STORE and RECORD it is a path of the file system
  RESOURCE_SAVE = 1 << 10,  // writes a record that was fetched and changed
  RESOURCE_LOOP = 1 << 11,  // only the event loop's own thread may call it
  RESOURCE_THREAD = 1 << 12,  // runs the function at the key argument (or `target`) on another thread
  RESOURCE_ATOMIC = 1 << 13,  // entering it makes what follows one transaction
  RESOURCE_CURRENT = 1 << 14, // a loop of the calling thread's own
  RESOURCE_EMITS = 1 << 17,   // gives an object that tells events of its own accord from the next turn of the loop on
  RESOURCE_HANDLES = 1 << 15, // entering it makes failures of what follows harmless
} ResourceUse;

enum { RESOURCE_RECEIVER = -1 };

typedef struct Resource {
  const char *path;
  uint32_t uses; // ResourceUse
  int8_t key;    // the argument that tells which thing; RESOURCE_RECEIVER: the receiver
} Resource;

// The row of a path: its own, or the nearest "….*" above it; NULL where there is none.
const Resource *resource_find(const Module *module, const char *path);
// The row of a method of an object of unknown type that is called `receiver` ("" where it has no name).
const Resource *resource_find_method(const Module *module, const char *receiver, const char *method);

// All rows of the language, in byte order of their paths, for tests. Returns how many.
uint32_t resource_rows(const Module *module, const Resource **rows);

// The last word of a name in snake_case or camelCase, in lower case, into `word`; long words are cut.
enum { RESOURCE_WORD = 24 };
void resource_last_word(const char *name, char word[RESOURCE_WORD]);

#endif
