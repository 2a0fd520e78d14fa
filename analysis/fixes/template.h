// Text for edits, in the style of the file.
#ifndef RACEWISE_FIXES_TEMPLATE_H
#define RACEWISE_FIXES_TEMPLATE_H

#include "fix.h"

// Formats text that is to stand beside a node. In `format`, a form feed at the beginning of a line stands for the
// indentation of the node's line, each tab behind it for one more level; a semicolon that ends a line is left out where
// the file does without. Arguments stay as they are. Owned by the arena.
const char *template_text(const FixRun *run, TSNode node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
