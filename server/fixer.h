// Makes the fixes of open documents' findings on libuv's thread pool, when somebody asks for them.
//
// To make a fix is to try it, which costs a whole analysis or several. So nothing is made before it is asked for, what
// has been made is kept with the document's analysis, and what is outdated is cancelled. Of one document one finding is
// worked on at a time, and of all documents two: there is always a thread left for what is being typed.
#ifndef RACEWISE_SERVER_FIXER_H
#define RACEWISE_SERVER_FIXER_H

#include "apply_fixes.h"
#include "document.h"
#include "rpc/loop.h"

typedef struct Fixer Fixer;

// Called on the loop when something of what was asked for has been made.
typedef void FixerReady(void *context, Document *document);

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

Fixer *fixer_new(Loop *loop, FixerReady *ready, void *context);
void fixer_free(Fixer *fixer); // only when idle and all documents are forgotten

// The fixes of a finding of the document's analysis. False when they are still to be made: they are being made then.
bool fixer_fixes(Fixer *fixer, Document *document, uint32_t finding, FixList *fixes);

// All safe fixes together, as `check --fix` applies them. False likewise.
bool fixer_fix_all(Fixer *fixer, Document *document, FixAll *all);

// The document has changed or is about to be closed: cancels what is under way for it. What was handed out is gone.
void fixer_forget(Fixer *fixer, const Document *document);

bool fixer_idle(const Fixer *fixer); // nothing is under way

#endif
