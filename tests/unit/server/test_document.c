// Open documents: after any sequence of edits, however they were grouped, cancelled or overtaken, a document at rest
// has the tree and the findings of a document that was opened with the same text.
#include "document.h"

#include "base/arena.h"
#include "trees.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t next_random(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*seed >> 33);
}

// --- Comparing -----------------------------------------------------------------------------------------------------

static void run_to_rest(Document *document) {
  while (!document_is_settled(document)) {
    Snapshot *snapshot = snapshot_new(document);
    snapshot_run(snapshot, NULL);
    assert_true(document_accept(document, snapshot));
    snapshot_free(snapshot);
  }
}

static bool same_span(Span a, Span b) {
  return a.start == b.start && a.end == b.end;
}

static void assert_same_finding(const Finding *a, const Finding *b) {
  assert_string_equal(a->rule, b->rule);
  assert_string_equal(a->message, b->message);
  assert_string_equal(a->variable, b->variable);
  assert_true(same_span(a->span, b->span));
  assert_int_equal(a->related_count, b->related_count);
  for (uint32_t i = 0; i < a->related_count; i++)
    assert_true(same_span(a->related[i].span, b->related[i].span));
}

static void assert_like_a_fresh_one(const Document *document) {
  Documents others = {0};
  Text *copy = text_new(text_bytes(document->text), text_length(document->text));
  Document *fresh = documents_open(&others, "file:///fresh", document->language, 1, copy);
  run_to_rest(fresh);
  assert_true(same_tree(document->syntax, fresh->syntax));
  assert_int_equal(analysis_finding_count(document->analysis), analysis_finding_count(fresh->analysis));
  for (uint32_t i = 0; i < analysis_finding_count(fresh->analysis); i++)
    assert_same_finding(analysis_finding(document->analysis, i), analysis_finding(fresh->analysis, i));
  documents_close(&others, fresh);
}

// --- Editing -------------------------------------------------------------------------------------------------------

static const char *const PIECES[] = {
    "",
    "a",
    "\n",
    "\r\n",
    "\r",
    "    ",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ":",
    "\"",
    "'",
    "`",
    "${",
    "#",
    "//",
    "/*",
    "*/",
    "\\",
    "await ",
    "async ",
    "x = 1\n",
    "é",
    "€",
    "🌍",
    "visits ",
    "if x:\n        y\n",
    "def f(): pass\n",
    "function f() { g() }\n",
    "🌍🌍 = 'é'\r\n",
    "\t",
    "await visits\n",
    "\n\n\n",
    "\"\"\"",
};
enum { PIECE_COUNT = sizeof PIECES / sizeof *PIECES };

// The start of the character at or before the offset.
static uint32_t character_start(const Text *text, uint32_t offset) {
  while (offset > 0 && offset < text_length(text) && ((unsigned char)text_bytes(text)[offset] & 0xC0) == 0x80)
    offset--;
  return offset;
}

// An offset, by way of the line and the column that a client would send for it.
static uint32_t by_position(const Text *text, uint32_t offset, uint64_t *seed) {
  TextEncoding encoding = (TextEncoding)(next_random(seed) % 3);
  return text_offset(text, text_position(text, offset, encoding), encoding);
}

// A span that mostly is short, sometimes goes across lines.
static Span random_span(const Text *text, uint64_t *seed) {
  static const uint32_t LENGTHS[] = {0, 0, 0, 1, 1, 5, 20, 200};
  uint32_t start = next_random(seed) % (text_length(text) + 1), end = start + LENGTHS[next_random(seed) % 8];
  if (end > text_length(text))
    end = text_length(text);
  start = by_position(text, character_start(text, start), seed);
  end = by_position(text, character_start(text, end), seed);
  return (Span){start, end < start ? start : end};
}

// One `didChange` with up to four edits; sometimes one that takes back all edits so far.
static void change(Documents *documents, Document *document, const Text *original, uint64_t *seed) {
  if (next_random(seed) % 25 == 0) {
    Text *text = text_new(text_bytes(original), text_length(original));
    documents_change(documents, document, document->version + 1, text);
    return;
  }
  Text *text = text_ref(document->text);
  for (uint32_t edits = 1 + next_random(seed) % 4; edits > 0; edits--) {
    const char *piece = PIECES[next_random(seed) % PIECE_COUNT];
    Text *edited = text_edit(text, (TextEdit){random_span(text, seed), piece, (uint32_t)strlen(piece)});
    text_unref(text);
    text = edited;
  }
  documents_change(documents, document, document->version + 1, text);
}

// A run that the client does not wait for: it is cancelled, or overtaken by the next change.
static void run_in_vain(Documents *documents, Document *document, const Text *original, uint64_t *seed) {
  Snapshot *snapshot = snapshot_new(document);
  Cancel cancel = {false};
  if (next_random(seed) % 2)
    cancel_raise(&cancel);
  snapshot_run(snapshot, &cancel);
  change(documents, document, original, seed);
  assert_false(document_accept(document, snapshot));
  snapshot_free(snapshot);
}

static Text *read_text(const char *path) {
  static char bytes[64 * 1024];
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  size_t length = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  return text_new(bytes, length);
}

static void edit_at_random(const char *path, int changes) {
  uint64_t seed = 2024;
  Documents documents = {0};
  Text *original = read_text(path);
  Document *document = documents_open(&documents, path, language_of_path(path), 1, text_ref(original));
  for (int i = 0; i < changes; i++) {
    change(&documents, document, original, &seed);
    if (next_random(&seed) % 4 == 0)
      run_in_vain(&documents, document, original, &seed);
    run_to_rest(document);
    assert_like_a_fresh_one(document);
  }
  documents_close(&documents, document);
  text_unref(original);
}

// More than 10,000 edits together: each change makes 2.5 of them, and every fourth is followed by another.
enum { CHANGES = 850 };

static void edited_python_is_like_fresh(void **state) {
  (void)state;
  edit_at_random("examples/lost_update.py", CHANGES);
  edit_at_random("tests/racebench/python/13-printer-spooler/racy.py", CHANGES);
}

static void edited_javascript_is_like_fresh(void **state) {
  (void)state;
  edit_at_random("examples/lost_update.js", CHANGES);
  edit_at_random("tests/racebench/js/12-game-lobby/racy.mjs", CHANGES);
}

static void edited_typescript_is_like_fresh(void **state) {
  (void)state;
  edit_at_random("tests/racebench/js/38-link-checker/racy.ts", CHANGES);
}

// --- Generations ---------------------------------------------------------------------------------------------------

static Text *text_of(const char *string) {
  return text_new(string, strlen(string));
}

static void generations_never_repeat(void **state) {
  (void)state;
  Documents documents = {0};
  Document *document = documents_open(&documents, "file:///a.py", LANGUAGE_PYTHON, 7, text_of("a"));
  uint64_t first = document->generation;
  assert_ptr_equal(documents_find(&documents, "file:///a.py"), document);
  documents_close(&documents, document);
  assert_null(documents_find(&documents, "file:///a.py"));
  document = documents_open(&documents, "file:///a.py", LANGUAGE_PYTHON, 7, text_of("a"));
  assert_true(document->generation > first);
  documents_close(&documents, document);
}

static void results_of_older_texts_are_no_results(void **state) {
  (void)state;
  Documents documents = {0};
  Document *document = documents_open(&documents, "file:///a.py", LANGUAGE_PYTHON, 1, text_of("a = 1\n"));
  Snapshot *snapshot = snapshot_new(document);
  snapshot_run(snapshot, NULL);
  documents_change(&documents, document, 2, text_of("b = 1\n"));
  assert_false(document_accept(document, snapshot));
  assert_false(document_is_analysed(document));
  assert_non_null(document->syntax); // the next parse starts from here
  snapshot_free(snapshot);
  run_to_rest(document);
  assert_true(document_is_analysed(document));
  documents_close(&documents, document);
}

static void documents_of_no_language_are_always_settled(void **state) {
  (void)state;
  Documents documents = {0};
  Document *document = documents_open(&documents, "file:///a.txt", LANGUAGE_NONE, 1, text_of("a"));
  assert_true(document_is_settled(document));
  documents_close(&documents, document);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(edited_python_is_like_fresh),
      cmocka_unit_test(edited_javascript_is_like_fresh),
      cmocka_unit_test(edited_typescript_is_like_fresh),
      cmocka_unit_test(generations_never_repeat),
      cmocka_unit_test(results_of_older_texts_are_no_results),
      cmocka_unit_test(documents_of_no_language_are_always_settled),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
