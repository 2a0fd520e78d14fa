// `racewise debug`: the inner stages of the analysis of one file, for its developers and the snapshot tests.
#include "cli.h"

#include "../../analysis/analysis.h"
#include "../lsp/replay.h"
#include "../source.h"
#include "complain.h"
#include <stdio.h>

enum { REPLAY = DUMP_FACTS + 1 };

static const char *stage_name(int index) {
  static const char *const NAMES[] = {
      [DUMP_IR] = "ir", [DUMP_CFG] = "cfg", [DUMP_FACTS] = "facts", [REPLAY] = "replay"};
  return index <= REPLAY ? NAMES[index] : NULL;
}

const OptionTable DEBUG_TABLE = {
    .verb = "debug",
    .operands = "ir|cfg|facts|replay FILE",
    .summary = "Show how Racewise reads a file, or play a session that `lsp --record` has written down.",
    .options = HELP_ONLY,
    .count = 1,
    .word = stage_name,
};

static int dump(AnalysisDump stage, const char *path, Language language, const Source *source) {
  Text *text = text_new(source->bytes, source->length);
  Syntax *syntax = syntax_parse(language, text, NULL);
  Analysis *analysis = analysis_run(syntax, NULL, NULL);
  const char *dumped = analysis_dump(analysis, stage);
  bool failed = !dumped || fputs(dumped, stdout) < 0 || fflush(stdout);
  if (failed)
    complain("%s: cannot be dumped", path);
  analysis_free(analysis);
  syntax_free(syntax);
  text_unref(text);
  return failed ? 2 : 0;
}

static int dump_file(AnalysisDump stage, const char *path) {
  Source source;
  char problem[256];
  if (!source_read(path, &source, problem, sizeof problem)) {
    complain("%s: %s", path, problem);
    return 2;
  }
  Language language = language_of_file(path, source.bytes, source.length);
  int status = 2;
  if (language == LANGUAGE_NONE)
    complain("%s: is not a Python, JavaScript or TypeScript source file by its name's ending", path);
  else
    status = dump(stage, path, language, &source);
  source_done(&source);
  return status;
}

static int show(const Words *operands) {
  Words first = {operands->items, operands->count == 2, 2};
  int stage;
  if (!options_word(&DEBUG_TABLE, operands->count > 1 ? &first : operands, &stage))
    return 2;
  if (operands->count != 2) {
    complain("racewise debug %s takes a FILE", operands->items[0]);
    return 2;
  }
  const char *path = operands->items[1];
  return stage == REPLAY ? replay_main(path) : dump_file((AnalysisDump)stage, path);
}

int debug_main(int argc, char **argv) {
  Arena *arena = arena_new();
  Words operands = {0};
  int status;
  if (options_parse_plain(&DEBUG_TABLE, arena, argc, argv, &operands, &status))
    status = show(&operands);
  arena_free(arena);
  return status;
}
