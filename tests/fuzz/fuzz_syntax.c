// Edits of a source text: the first byte picks the language, each four bytes behind it an edit (place, length to
// remove, two bytes to insert). The tree that the edits leave must be the one of a fresh parse where it says that it
// is.
#include "syntax/syntax.h"
#include "trees.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Replaces a handle by the one after the edit.
static Syntax *edit(Syntax *old, const uint8_t *bytes) {
  uint32_t length = text_length(syntax_text(old));
  uint32_t start = bytes[0] % (length + 1), end = start + bytes[1] % 8;
  Span span = {start, end < length ? end : length};
  Text *text = text_edit(syntax_text(old), (TextEdit){span, (const char *)bytes + 2, 2});
  Syntax *syntax = syntax_edit(old, text, span, 2, NULL);
  text_unref(text);
  syntax_free(old);
  return syntax;
}

// A comment may belong to another node than in a fresh tree: see `syntax_is_settled`.
static bool may_hold_comments(const Syntax *syntax) {
  const char *bytes = text_bytes(syntax_text(syntax));
  return strstr(bytes, "//") || strstr(bytes, "/*") || strstr(bytes, "<!--");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  Text *empty = text_new("", 0);
  Syntax *edited = syntax_parse((Language)(1 + data[0] % (LANGUAGE_COUNT - 1)), empty, NULL);
  text_unref(empty);
  for (size_t i = 1; i + 4 <= size; i += 4)
    edited = edit(edited, data + i);
  Syntax *fresh = syntax_parse(syntax_language(edited), syntax_text(edited), NULL);
  if (syntax_is_settled(edited) && !may_hold_comments(edited) && !same_tree(edited, fresh))
    abort();
  syntax_free(fresh);
  syntax_free(edited);
  return 0;
}
