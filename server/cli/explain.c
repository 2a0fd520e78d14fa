// `racewise explain`: what a rule or a topic is about, in the terminal.
#include "../manual.h"
#include "cli.h"
#include "complain.h"
#include "display.h"
#include "options.h"
#include "output.h"
#include "style.h"
#include <stdlib.h>
#include <string.h>

typedef struct ExplainOptions {
  int color; // a ColourChoice
  bool help;
  Words names;
} ExplainOptions;

#define FIELD(name) offsetof(ExplainOptions, name)

static const Option OPTIONS[] = {
    {"color", 0, OPTION_CHOICE, FIELD(color), NULL, colour_choice_name, "when the text is coloured"},
    {"help", 'h', OPTION_FLAG, FIELD(help), NULL, NULL, "this text"},
};

const OptionTable EXPLAIN_TABLE = {
    .verb = "explain",
    .operands = "[RULE|TOPIC]",
    .summary = "Tell what a rule, or a topic around races, is about. Without a name: list them.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
};

// --- Markdown in a terminal ----------------------------------------------------------------------------------------

typedef struct Page {
  FILE *out;
  bool colour;
  bool in_code;
} Page;

static void print_bytes(const Page *page, const char *bytes, size_t length) {
  display_print(page->out, bytes, length, DISPLAY_ALL);
  fputc('\n', page->out);
}

// Headings stand out, code is indented instead of fenced.
static void print_line(Page *page, const char *line, size_t length) {
  size_t marks = page->in_code ? 0 : strspn(line, "#");
  if (length >= 3 && strncmp(line, "```", 3) == 0) {
    page->in_code = !page->in_code;
  } else if (marks > 0) {
    style_begin(page->out, page->colour, STYLE_STRONG);
    print_bytes(page, line + marks + 1, length - marks - 1);
    style_end(page->out, page->colour, STYLE_STRONG);
  } else {
    fputs(page->in_code && length ? "    " : "", page->out);
    print_bytes(page, line, length);
  }
}

static void print_page(Page *page, const char *text) {
  while (*text) {
    size_t length = strcspn(text, "\n");
    print_line(page, text, length);
    text += length + (text[length] == '\n');
  }
}

// --- The interleaving of an example --------------------------------------------------------------------------------

static const Finding *finding_of(const Analysis *analysis, const char *rule) {
  for (uint32_t i = 0; i < analysis_finding_count(analysis); i++)
    if (strcmp(analysis_finding(analysis, i)->rule, rule) == 0)
      return analysis_finding(analysis, i);
  return NULL;
}

static void print_example(const Page *page, const char *rule) {
  const EmbeddedFile *file = manual_example(rule);
  if (!file)
    return;
  Text *text = text_new(file->text, file->length);
  Syntax *syntax = syntax_parse(language_of_path(file->name), text, NULL);
  AnalysisOptions options = {.preview = true};
  Analysis *analysis = analysis_run(syntax, &options, NULL);
  const Finding *finding = finding_of(analysis, rule);
  if (finding) {
    style_print(page->out, page->colour, STYLE_STRONG, "\nA program that has it");
    fputs("\n\n", page->out);
    Output output = {.stream = page->out, .colour = page->colour};
    text_finding(&output, &(Report){.path = file->name, .text = text, .finding = finding});
  }
  analysis_free(analysis);
  syntax_free(syntax);
  text_unref(text);
}

// --- The verb ------------------------------------------------------------------------------------------------------

static void list(FILE *out) {
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  char name[64];
  fputs("Topics:\n", out);
  for (uint32_t i = 0; i < EMBEDDED_FILES_COUNT; i++)
    if (manual_topic(&EMBEDDED_FILES[i], name, sizeof name))
      fprintf(out, "  %s\n", name);
  fputs("\nRules:\n", out);
  for (uint32_t i = 0; i < count; i++)
    fprintf(out, "  %-26s  %s\n", rules[i].name, rules[i].summary);
}

static bool explain(const char *name, FILE *out, bool colour) {
  const char *text = manual_page(name);
  char right[64];
  Page page = {.out = out, .colour = colour};
  if (!text) {
    const char *near = manual_nearest(name, right, sizeof right);
    complain("there is no rule and no topic \"%s\"; %s%s", name, near ? "did you mean " : "racewise explain lists them",
             near ? near : "");
    return false;
  }
  print_page(&page, text);
  print_example(&page, name);
  return true;
}

static int explain_with(const ExplainOptions *options) {
  if (options->names.count > 1) {
    complain("racewise explain takes one name, not %s too", options->names.items[1]);
    return 2;
  }
  bool done = true;
  if (options->help)
    options_help(&EXPLAIN_TABLE, stdout);
  else if (!options->names.count)
    list(stdout);
  else
    done = explain(options->names.items[0], stdout, colour_wanted((ColourChoice)options->color, stdout));
  return fflush(stdout) || !done ? 2 : 0;
}

int explain_main(int argc, char **argv) {
  Arena *arena = arena_new();
  ExplainOptions options = {0};
  display_start();
  bool parsed = options_parse(&EXPLAIN_TABLE, arena, argc, argv, &options, &options.names);
  int status = parsed ? explain_with(&options) : 2;
  arena_free(arena);
  return status;
}
