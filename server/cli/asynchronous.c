#define _GNU_SOURCE // memmem
#include "asynchronous.h"

#include <string.h>

// A word that stands in every text that its construct needs, so that "async" also stands for asyncio and for await,
// which is legal only in an `async def`. The most frequent first.
static const char *const PYTHON_WORDS[] = {
    "async", "create_task",     "Thread",    "anyio",       "trio",      "start_soon", "ensure_future",
    "await", "run_in_executor", "call_soon", "_threadsafe", "racewise:", NULL,
};

static const char *const JAVASCRIPT_WORDS[] = {
    "async", "await", "Promise", ".then(", "setTimeout", ".finally(", ".catch(", "setInterval", "racewise:", NULL,
};

static const char *const *const WORDS[LANGUAGE_COUNT] = {
    [LANGUAGE_PYTHON] = PYTHON_WORDS,
    [LANGUAGE_JAVASCRIPT] = JAVASCRIPT_WORDS,
    [LANGUAGE_TYPESCRIPT] = JAVASCRIPT_WORDS,
    [LANGUAGE_TSX] = JAVASCRIPT_WORDS,
};

bool asynchronous_text(Language language, const char *bytes, size_t length) {
  const char *const *words = WORDS[language];
  for (; words && *words; words++)
    if (memmem(bytes, length, *words, strlen(*words)))
      return true;
  return false;
}
