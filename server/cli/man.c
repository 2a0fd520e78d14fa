// `racewise man`: manual pages, made of the tables that parse command lines.
#include "cli.h"

#include "../config/path.h"
#include "complain.h"
#include "verbs.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

typedef struct ManOptions {
  bool help;
  const char *folder;
  Words operands;
} ManOptions;

static const Option OPTIONS[] = {
    {"all", 0, OPTION_TEXT, offsetof(ManOptions, folder), "FOLDER", NULL, "write the pages of all verbs there"},
    {"help", 'h', OPTION_FLAG, offsetof(ManOptions, help), NULL, NULL, "this text"},
};

const OptionTable MAN_TABLE = {
    .verb = "man",
    .operands = "[VERB]",
    .summary = "Print a manual page: `racewise man check | man -l -`.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
    .word = verb_name,
};

// As roff reads it: "-" is a hyphen there, and a line that starts with "." or "'" a command.
static void print_roff(FILE *out, const char *text) {
  for (bool starts = true; *text; starts = *text++ == '\n') {
    if (starts && strchr(".'", *text))
      fputs("\\&", out);
    if (*text == '\\')
      fputs("\\e", out);
    else if (*text == '-')
      fputs("\\-", out);
    else if (!strncmp(text, "…", strlen("…"))) {
      fputs("...", out);
      text += strlen("…") - 1;
    } else
      fputc(*text, out);
  }
}

static void print_bold(FILE *out, const char *text) {
  fputs("\\fB", out);
  print_roff(out, text);
  fputs("\\fR", out);
}

static void print_option(FILE *out, const Option *option) {
  char words[OPTION_WORDS_SIZE], name[80];
  option_value(option, words, sizeof words);
  fputs(".TP\n", out);
  if (option->letter) {
    snprintf(name, sizeof name, "-%c", option->letter);
    print_bold(out, name);
    fputs(", ", out);
  }
  snprintf(name, sizeof name, "--%s", option->name);
  print_bold(out, name);
  if (*words) {
    fputs(" \\fI", out);
    print_roff(out, words);
    fputs("\\fR", out);
  }
  fputc('\n', out);
  print_roff(out, option->help);
  fputs(".\n", out);
}

static void print_head(FILE *out, const char *verb, const char *summary) {
  fprintf(out, ".TH RACEWISE%s%s 1 \"\" \"racewise %s\" \"User Commands\"\n", *verb ? "\\-" : "", verb,
          RACEWISE_VERSION);
  fprintf(out, ".SH NAME\nracewise%s%s \\- ", *verb ? "\\-" : "", verb);
  print_roff(out, summary);
  fputs("\n.SH SYNOPSIS\n\\fBracewise\\fR ", out);
}

static void print_page(FILE *out, const OptionTable *table) {
  print_head(out, table->verb, table->summary);
  print_bold(out, table->verb);
  fputs(" [\\fIOPTION\\fR...] ", out);
  print_roff(out, table->operands);
  fputs("\n.SH OPTIONS\n", out);
  for (size_t i = 0; i < table->count; i++)
    print_option(out, &table->options[i]);
  if (table->notes) {
    fputs(".SH NOTES\n.nf\n", out);
    print_roff(out, table->notes);
    fputs(".fi\n", out);
  }
  fputs(".SH SEE ALSO\n\\fBracewise\\fR(1)\n", out);
}

static void print_overview(FILE *out) {
  print_head(out, "", "find race conditions in asynchronous Python, JavaScript and TypeScript");
  fputs("\\fIVERB\\fR [\\fIARGUMENT\\fR...]\n.SH VERBS\n", out);
  for (int i = 0; verb_at(i); i++) {
    fprintf(out, ".TP\n\\fBracewise %s\\fR\n", verb_name(i));
    print_roff(out, verb_at(i)->table->summary);
    fputc('\n', out);
  }
  fputs(".SH SEE ALSO\n", out);
  for (int i = 0; verb_at(i); i++)
    fprintf(out, "%s\\fBracewise\\-%s\\fR(1)", i ? ",\n" : "", verb_name(i));
  fputc('\n', out);
}

// The page of a verb, or the overview for NULL.
static bool write_page(const char *folder, const OptionTable *table, Arena *arena) {
  const char *name = arena_printf(arena, "racewise%s%s.1", table ? "-" : "", table ? table->verb : "");
  const char *path = path_join(folder, name, arena);
  FILE *out = fopen(path, "w");
  if (out) {
    if (table)
      print_page(out, table);
    else
      print_overview(out);
  }
  bool written = out && !ferror(out);
  written = out && !fclose(out) && written;
  if (!written)
    complain("%s: cannot be written: %s", path, strerror(errno));
  return written;
}

static int write_all(const char *folder, Arena *arena) {
  mkdir(folder, 0777);
  bool written = write_page(folder, NULL, arena);
  for (int i = 0; written && verb_at(i); i++)
    written = write_page(folder, verb_at(i)->table, arena);
  return written ? 0 : 2;
}

static int print_one(const Words *operands) {
  int verb;
  if (!operands->count)
    print_overview(stdout);
  else if (options_word(&MAN_TABLE, operands, &verb))
    print_page(stdout, verb_at(verb)->table);
  else
    return 2;
  return fflush(stdout) ? 2 : 0;
}

int man_main(int argc, char **argv) {
  Arena *arena = arena_new();
  ManOptions options = {0};
  int status = 2;
  if (options_parse(&MAN_TABLE, arena, argc, argv, &options, &options.operands)) {
    if (options.help)
      options_help(&MAN_TABLE, stdout);
    status = options.help ? 0 : options.folder ? write_all(options.folder, arena) : print_one(&options.operands);
  }
  arena_free(arena);
  return status;
}
