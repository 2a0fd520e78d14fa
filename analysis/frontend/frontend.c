#include "frontend.h"

typedef Module *(*Lower)(const Syntax *syntax, Arena *arena);

static const Lower FRONTENDS[LANGUAGE_COUNT] = {
    [LANGUAGE_PYTHON] = python_lower,
    [LANGUAGE_JAVASCRIPT] = javascript_lower,
    [LANGUAGE_TYPESCRIPT] = javascript_lower,
    [LANGUAGE_TSX] = javascript_lower,
};

Module *frontend_lower(const Syntax *syntax, Arena *arena) {
  Lower lower = FRONTENDS[syntax_language(syntax)];
  return lower ? lower(syntax, arena) : NULL;
}
