// What is computed about open documents on libuv's thread pool only when somebody asks: the fixes of a finding, all
// safe fixes, what tasks share, the audit, stress tests.
//
// To make a fix is to try it, which costs a whole analysis or several. So nothing is made before it is asked for, what
// has been made is kept with the document's analysis, and what is outdated is cancelled. Of one document one thing is
// made at a time, and of all documents two: there is always a thread left for what is being typed.
#ifndef RACEWISE_SERVER_EXTRAS_H
#define RACEWISE_SERVER_EXTRAS_H

#include "apply_fixes.h"
#include "document.h"
#include "rpc/loop.h"

typedef struct Extras Extras;

// Called on the loop when something of what was asked for has been made.
typedef void ExtrasReady(void *context, Document *document);

// The fixes of a finding, best first.
typedef struct FixList {
  const Fix *items;
  uint32_t count;
} FixList;

// Edits of whole lines that apply the safe fixes of a document, in order of position; none when there are none.
typedef struct FixAll {
  const TextEdit *edits;
  uint32_t count;
} FixAll;

Extras *extras_new(Loop *loop, ExtrasReady *ready, void *context);
void extras_free(Extras *extras); // only when idle and all documents are forgotten

// The fixes of a finding of the document's analysis. False when they are still to be made: they are being made then.
bool extras_fixes(Extras *extras, Document *document, uint32_t finding, FixList *fixes);

// All safe fixes together, as `check --fix` applies them. False likewise.
bool extras_fix_all(Extras *extras, Document *document, FixAll *all);

typedef struct SharedList {
  const SharedLocation *items;
  uint32_t count;
} SharedList;

// The shared locations. False likewise.
bool extras_shared(Extras *extras, Document *document, SharedList *shared);

// A test for a finding, and the file that it could be: beside the source, not there yet.
typedef struct NewTest {
  const char *path, *text;
} NewTest;

// The stress test of a finding that one can be written for, of a document that has a path. False likewise.
bool extras_stress_test(Extras *extras, Document *document, uint32_t finding, NewTest *test);

// The audit, which `analysis_audit` then has at once. False likewise.
bool extras_audit(Extras *extras, Document *document);

// The document has changed or is about to be closed: cancels what is under way for it. What was handed out is gone.
void extras_forget(Extras *extras, const Document *document);

bool extras_idle(const Extras *extras); // nothing is under way

#endif
