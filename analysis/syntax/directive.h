// The text of a suppression: `racewise: ignore[lost-update, toctou] -- only one worker runs this`.
#ifndef RACEWISE_SYNTAX_DIRECTIVE_H
#define RACEWISE_SYNTAX_DIRECTIVE_H

#include "../base/arena.h"
#include "../base/suppression.h"
#include "../text/text.h"

// What every suppression starts with.
#define DIRECTIVE_MARK "racewise:"

// Reads the suppression whose mark stands at `at` in `comment`. False when the comment only speaks of Racewise: when
// the mark is not the first word (of the comment, of a line of it, or behind another "#" or "//"), or when no word like
// "ignore" follows. Fills in all but `covers`.
bool directive_read(const Text *text, Span comment, uint32_t at, Arena *arena, Suppression *suppression);

#endif
