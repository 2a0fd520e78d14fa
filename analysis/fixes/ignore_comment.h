// The comment that a report about a suppression speaks of.
#ifndef RACEWISE_FIXES_IGNORE_COMMENT_H
#define RACEWISE_FIXES_IGNORE_COMMENT_H

#include "fix.h"

// The report's suppression.
const Suppression *ignore_comment_of(const FixRun *run);

// Whether it hid something.
bool ignore_comment_hides(const FixRun *run, const Suppression *suppression);

// What is to go so that the suppression does: its reason too, and the comment and the line where nothing else is left
// there. False where other words of a comment of several lines would go with it.
bool ignore_comment_span(const FixRun *run, const Suppression *suppression, Span *span);

#endif
