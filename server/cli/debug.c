// `racewise debug`: the inner stages of the analysis of one file, for its developers and the snapshot tests.
#include "cli.h"

#include "../../analysis/analysis.h"
#include "../../analysis/base/nearest.h"
#include "../lsp/replay.h"
#include "../source.h"
#include "complain.h"
#include <stdio.h>
#include <string.h>

static const char *const STAGES[] = {[DUMP_IR] = "ir", [DUMP_CFG] = "cfg", [DUMP_FACTS] = "facts"};
enum { STAGE_COUNT = sizeof STAGES / sizeof *STAGES };

static int usage(const char *wrong) {
  Nearest nearest = nearest_to(wrong ? wrong : "");
  for (int i = 0; wrong && i < STAGE_COUNT; i++)
    nearest_offer(&nearest, STAGES[i]);
  const char *word = nearest_word(&nearest);
  if (wrong && word)
    complain("there is no stage %s; did you mean %s?", wrong, word);
  else
    complain("usage: racewise debug ir|cfg|facts|replay FILE");
  return 2;
}

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

int debug_main(int argc, char **argv) {
  if (argc == 2 && !strcmp(argv[1], "--help")) {
    puts("Usage: racewise debug ir|cfg|facts FILE\n"
         "       racewise debug replay FILE\n"
         "\n"
         "Prints a stage of the analysis of a file; or plays a session that `racewise lsp --record` has written down.");
    return 0;
  }
  if (argc != 3)
    return usage(NULL);
  if (!strcmp(argv[1], "replay"))
    return replay_main(argv[2]);
  for (int i = 0; i < STAGE_COUNT; i++)
    if (!strcmp(argv[1], STAGES[i]))
      return dump_file((AnalysisDump)i, argv[2]);
  return usage(argv[1]);
}
