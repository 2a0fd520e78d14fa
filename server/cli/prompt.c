// `racewise prompt`: what to ask an assistant.
#include "../prompt/prompt.h"

#include "../../analysis/base/nearest.h"
#include "audit_files.h"
#include "cli.h"
#include "complain.h"
#include "parallel.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *language_choice(int index) {
  static const char *const NAMES[] = {"python", "javascript", "typescript", NULL};
  return NAMES[index];
}

static const Language LANGUAGES[] = {LANGUAGE_PYTHON, LANGUAGE_JAVASCRIPT, LANGUAGE_TYPESCRIPT};

typedef struct PromptOptions {
  CheckOptions check;
  const char *templates;
  int language;
  Words operands;
} PromptOptions;

#define FIELD(name) offsetof(PromptOptions, name)

static const Option OPTIONS[] = {
    {"templates", 0, OPTION_TEXT, FIELD(templates), "FOLDER", NULL, "your own templates, instead of those built in"},
    {"language", 0, OPTION_CHOICE, FIELD(language), NULL, language_choice, "without a FILE: of the code to come"},
    {"stdin-filename", 0, OPTION_TEXT, FIELD(check.stdin_filename), "FILE", NULL,
     "read stdin as if it were this file; of FILE:LINE the line counts"},
    {"output-file", 'o', OPTION_TEXT, FIELD(check.output_file), "FILE", NULL, "write there instead of to stdout"},
    {"preview", 0, OPTION_FLAG, FIELD(check.preview), NULL, NULL, "findings of preview rules too"},
    {"config", 0, OPTION_TEXT, FIELD(check.config), "FILE", NULL, "the configuration, whatever is near the file"},
    {"isolated", 0, OPTION_FLAG, FIELD(check.isolated), NULL, NULL, "go by no configuration file"},
    {"help", 'h', OPTION_FLAG, FIELD(check.help), NULL, NULL, "this text"},
};

const OptionTable PROMPT_TABLE = {
    .verb = "prompt",
    .operands = "write|audit|fix|test [FILE[:LINE]]",
    .summary = "Write a prompt for an assistant, filled with what Racewise knows of the file.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
    .notes = "write: new code that holds; audit: a review; fix: what is found (on the line); test: a stress test.\n"
             "A prompt has at most 8,000 characters: long lists end with how much more there is.\n\n"
             "Exit status: 0 written, 2 wrong usage or a failure.\n",
    .word = prompt_kind_name,
};

typedef struct Asked {
  const PromptOptions *options;
  PromptRequest request;
  Arena *arena;
  char *text; // owned; NULL where there is none
} Asked;

static void make(Asked *asked) {
  const char *problem;
  const char *text = prompt_make(&asked->request, asked->arena, &problem);
  if (!text) {
    complain("%s", problem);
    return;
  }
  asked->text = memory_alloc(strlen(text) + 1);
  strcpy(asked->text, text);
}

static void make_for_file(void *context, const AuditSubject *subject) {
  Asked *asked = context;
  asked->request.subject = subject;
  asked->request.language = syntax_language(analysis_syntax(subject->analysis));
  asked->arena = subject->arena;
  make(asked);
}

// "FILE:12" is line 12 of FILE.
static const char *split_line(const char *operand, Arena *arena, uint32_t *line) {
  const char *colon = strrchr(operand, ':');
  char *end;
  *line = 0;
  if (!colon || colon[1] < '1' || colon[1] > '9')
    return operand;
  unsigned long number = strtoul(colon + 1, &end, 10);
  if (*end || number > INT32_MAX)
    return operand;
  *line = (uint32_t)number;
  return arena_copy(arena, operand, (size_t)(colon - operand));
}

static bool read_kind(const char *word, PromptKind *kind) {
  Nearest nearest = nearest_to(word);
  const char *name;
  for (int i = 0; (name = prompt_kind_name(i)); i++) {
    nearest_offer(&nearest, name);
    if (strcmp(name, word) == 0) {
      *kind = (PromptKind)i;
      return true;
    }
  }
  const char *right = nearest_word(&nearest);
  complain("there is no prompt \"%s\"; %s%s", word, right ? "did you mean " : "there are write, audit, fix and test",
           right ? right : "");
  return false;
}

static bool write_text(const Asked *asked) {
  const char *path = asked->options->check.output_file;
  FILE *out = asked->text ? audit_open(path) : NULL;
  if (!out)
    return false;
  fputs(asked->text, out);
  return audit_close(out, path);
}

static bool takes_operands(const PromptOptions *options) {
  if (options->operands.count > 2)
    complain("racewise prompt takes one FILE, not %s too", options->operands.items[2]);
  return options->operands.count <= 2;
}

static bool is_file(const char *path) {
  struct stat status;
  bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
  if (folder)
    complain("%s: is a folder, and a prompt is about one file", path);
  return !folder;
}

static int answer(PromptOptions *options, Asked *asked, Arena *arena) {
  const char *file = options->operands.count > 1 ? options->operands.items[1] : options->check.stdin_filename;
  AuditRun run = {.options = &options->check, .file = make_for_file, .context = asked};
  bool begun = true;
  if (file) {
    array_push(arena, &options->check.paths, split_line(file, arena, &asked->request.line));
    begun = is_file(options->check.paths.items[0]) && audit_files(&run);
  } else {
    asked->request.language = LANGUAGES[options->language];
    asked->arena = arena;
    make(asked);
  }
  bool written = begun && !run.failed && write_text(asked);
  free(asked->text);
  return written ? 0 : 2;
}

static int prompt_with(PromptOptions *options, Arena *arena) {
  Asked asked = {.options = options, .request = {.folder = options->templates}};
  if (!options->operands.count) {
    complain("racewise prompt needs to know which: write, audit, fix or test");
    return 2;
  }
  if (!read_kind(options->operands.items[0], &asked.request.kind) || !takes_operands(options))
    return 2;
  return answer(options, &asked, arena);
}

int prompt_main(int argc, char **argv) {
  Arena *arena = arena_new();
  PromptOptions options = {.check = {.jobs = 1, .severity = SEVERITY_HINT, .confidence = -1}};
  int status = 2;
  if (options_parse(&PROMPT_TABLE, arena, argc, argv, &options, &options.operands)) {
    if (options.check.help)
      options_help(&PROMPT_TABLE, stdout);
    status = options.check.help ? 0 : prompt_with(&options, arena);
  }
  arena_free(arena);
  return status;
}
