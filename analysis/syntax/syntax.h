// A source text with its syntax tree.
//
// A tree keeps its text alive and never changes; an edit makes a new one that shares what stayed the same.
// Trees may be used on any thread, one thread at a time for each `Syntax` object: `syntax_ref` gives another
// thread its own handle on the same nodes.
#ifndef RACEWISE_SYNTAX_SYNTAX_H
#define RACEWISE_SYNTAX_SYNTAX_H

#include "../base/cancel.h"
#include "../text/text.h"
#include <tree_sitter/api.h>

typedef enum Language {
  LANGUAGE_NONE,
  LANGUAGE_PYTHON,
  LANGUAGE_JAVASCRIPT, // JSX included
  LANGUAGE_TYPESCRIPT,
  LANGUAGE_TSX,
  LANGUAGE_COUNT,
} Language;

// By the file name's ending; LANGUAGE_NONE for what Racewise does not read (declaration files ".d.ts" included).
Language language_of_path(const char *path);
// By what the first line of a script asks for, "#!/usr/bin/env python3"; LANGUAGE_NONE where there is no such line.
Language language_of_script(const char *bytes, size_t length);
// By the file name's ending; of a file whose name has none, by its first line.
Language language_of_file(const char *path, const char *bytes, size_t length);
// Whether `language_of_file` looks at the first line of such a file.
bool language_needs_text(const char *path);
// By the editor's language id: python, javascript, javascriptreact, typescript, typescriptreact.
Language language_of_id(const char *id);
// "python", "javascript", "typescript", "tsx"; "none".
const char *language_name(Language language);
const TSLanguage *language_grammar(Language language); // NULL for LANGUAGE_NONE

typedef struct Syntax Syntax;

// Parses the text from scratch; takes a reference to it. NULL when cancelled, or for LANGUAGE_NONE.
Syntax *syntax_parse(Language language, Text *text, Cancel *cancel);

// The tree of `text`, which is `old`'s text with one edit: `replaced` (a span of the old text) became `length` bytes.
// Re-uses what did not change. `old` stays valid. NULL when cancelled.
Syntax *syntax_edit(const Syntax *old, Text *text, Span replaced, uint32_t length, Cancel *cancel);

// The tree of `old`'s text with all edits applied at once (`text_edit_all`); `old` stays valid. It is the one that
// `syntax_parse` would give. NULL when cancelled, or when two spans overlap.
Syntax *syntax_edit_all(const Syntax *old, const TextEdit *edits, uint32_t count, Cancel *cancel);

// Whether the tree is the one that `syntax_parse` would give: true of every tree it gave, and of an edited one without
// syntax errors. How tree-sitter recovers from an error may depend on the nodes it re-used, so that whoever needs the
// same answer as after a fresh start parses again where this is false, once there is time. (One thing may differ all
// the same: which node a comment in front of an automatic semicolon belongs to.)
bool syntax_is_settled(const Syntax *syntax);

Syntax *syntax_ref(const Syntax *syntax); // a new handle; free each with syntax_free
void syntax_free(Syntax *syntax);         // NULL is allowed

Language syntax_language(const Syntax *syntax);
Text *syntax_text(const Syntax *syntax); // not a new reference
TSNode syntax_root(const Syntax *syntax);

#endif
