#define _GNU_SOURCE // memmem
#include "asynchronous.h"

#include <ctype.h>
#include <string.h>

// What stands in every text that can have anything to report, the most frequent first. `await` and `async with` need an
// `async def`, whose words may have any blanks between them, and a thread is nothing to us without a loop.
static const char *const PYTHON_WORDS[] = {
    "async def", "asyncio.",    "import asyncio", "from asyncio",  ", asyncio",       "async  ",
    "async\t",   "async\\",     "anyio",          "trio",          "create_task",     "start_soon",
    "call_soon", "_threadsafe", "racewise:",      "ensure_future", "run_in_executor", NULL,
};

static const char *const JAVASCRIPT_WORDS[] = {
    "await", "async", "Promise", ".then(", "setTimeout", ".finally(", ".catch(", "setInterval", "racewise:", NULL,
};

static const char *const *const WORDS[LANGUAGE_COUNT] = {
    [LANGUAGE_PYTHON] = PYTHON_WORDS,
    [LANGUAGE_JAVASCRIPT] = JAVASCRIPT_WORDS,
    [LANGUAGE_TYPESCRIPT] = JAVASCRIPT_WORDS,
    [LANGUAGE_TSX] = JAVASCRIPT_WORDS,
};

static bool continues_name(char byte) {
  return isalnum((unsigned char)byte) || byte == '_' || byte == '$';
}

// Whether the word stands in the text, not as the beginning of a longer one ("asynchronous").
static bool has_word(const char *bytes, size_t length, const char *word) {
  size_t size = strlen(word);
  const char *end = bytes + length;
  while ((bytes = memmem(bytes, (size_t)(end - bytes), word, size))) {
    bytes += size;
    if (bytes == end || !continues_name(bytes[-1]) || !continues_name(*bytes))
      return true;
  }
  return false;
}

bool asynchronous_text(Language language, const char *bytes, size_t length) {
  const char *const *words = WORDS[language];
  for (; words && *words; words++)
    if (has_word(bytes, length, *words))
      return true;
  return false;
}
