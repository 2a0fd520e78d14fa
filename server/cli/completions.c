// `racewise completions`: what a shell needs to complete our command lines, made of the tables that parse them.
#include "cli.h"

#include "../../analysis/analysis.h"
#include "verbs.h"
#include <string.h>

static const char *shell_name(int index) {
  static const char *const NAMES[] = {"bash", "zsh", "fish"};
  return index < 3 ? NAMES[index] : NULL;
}

const OptionTable COMPLETIONS_TABLE = {
    .verb = "completions",
    .operands = "bash|zsh|fish",
    .summary = "Print a script that completes command lines of racewise.",
    .options = HELP_ONLY,
    .count = 1,
    .word = shell_name,
    .notes = "bash: racewise completions bash > ~/.local/share/bash-completion/completions/racewise\n"
             "zsh:  racewise completions zsh > a folder of $fpath/_racewise\n"
             "fish: racewise completions fish > ~/.config/fish/completions/racewise.fish\n",
};

// What can stand for an option's value.
typedef enum ValueKind { VALUE_NONE, VALUE_WORDS, VALUE_FILE, VALUE_FOLDER, VALUE_OTHER } ValueKind;

static ValueKind value_kind(const Option *option) {
  if (option->kind == OPTION_FLAG)
    return VALUE_NONE;
  if (option->choice || !strncmp(option->value, "RULE", 4))
    return VALUE_WORDS;
  return !strcmp(option->value, "FILE") ? VALUE_FILE : !strcmp(option->value, "FOLDER") ? VALUE_FOLDER : VALUE_OTHER;
}

static void print_value_words(FILE *out, const Option *option) {
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  for (int i = 0; option->choice && option->choice(i); i++)
    fprintf(out, "%s%s", i ? " " : "", option->choice(i));
  for (uint32_t i = 0; !option->choice && i < count; i++)
    fprintf(out, "%s%s", i ? " " : "", rules[i].name);
}

static void print_operand_words(FILE *out, const OptionTable *table) {
  for (int i = 0; table->word && table->word(i); i++)
    fprintf(out, "%s%s", i ? " " : "", table->word(i));
}

// Whether files are what the verb works on.
static bool takes_files(const OptionTable *table) {
  return strstr(table->operands, "PATH") || strstr(table->operands, "FILE");
}

// Prints a text with a backslash before each of some characters.
static void print_escaped(FILE *out, const char *text, const char *special) {
  for (; *text; text++)
    fprintf(out, "%s%c", strchr(special, *text) ? "\\" : "", *text);
}

// --- bash: "=" is a word of its own there

static const char BASH_HEAD[] = "_racewise() {\n"
                                "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                                "  local verb=${COMP_WORDS[1]}\n"
                                "  COMPREPLY=()\n"
                                "  if [ \"$current\" = \"=\" ]; then\n"
                                "    current=\n"
                                "  elif [ \"$before\" = \"=\" ]; then\n"
                                "    before=${COMP_WORDS[COMP_CWORD-2]}\n"
                                "  fi\n"
                                "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                                "    COMPREPLY=($(compgen -W \"";
static const char BASH_MIDDLE[] = "--help --version\" -- \"$current\"))\n"
                                  "    return\n"
                                  "  fi\n"
                                  "  case \"$verb $before\" in\n";
static const char BASH_TAIL[] = "  esac\n}\ncomplete -o bashdefault -o default -F _racewise racewise\n";

static void bash_value(FILE *out, const char *verb, const Option *option) {
  if (value_kind(option) == VALUE_NONE)
    return;
  fprintf(out, "  \"%s --%s\"", verb, option->name);
  if (option->letter)
    fprintf(out, "|\"%s -%c\"", verb, option->letter);
  fputs(")\n", out);
  if (value_kind(option) == VALUE_WORDS) {
    fputs("    COMPREPLY=($(compgen -W \"", out);
    print_value_words(out, option);
    fputs("\" -- \"$current\"))\n", out);
  } else if (value_kind(option) == VALUE_FOLDER) {
    fputs("    compopt -o filenames\n    COMPREPLY=($(compgen -d -- \"$current\"))\n", out);
  }
  fputs("    return\n    ;;\n", out);
}

static void bash_verb(FILE *out, const OptionTable *table) {
  fprintf(out, "  %s)\n    if [[ $current == -* ]]; then\n      COMPREPLY=($(compgen -W \"", table->verb);
  for (size_t i = 0; i < table->count; i++)
    fprintf(out, "%s--%s", i ? " " : "", table->options[i].name);
  fputs("\" -- \"$current\"))\n", out);
  if (table->word) {
    fputs("    else\n      COMPREPLY=($(compgen -W \"", out);
    print_operand_words(out, table);
    fputs("\" -- \"$current\"))\n", out);
  }
  fputs("    fi\n    ;;\n", out);
}

static void print_bash(FILE *out) {
  fputs(BASH_HEAD, out);
  for (int i = 0; verb_name(i); i++)
    fprintf(out, "%s ", verb_name(i));
  fputs(BASH_MIDDLE, out);
  for (int i = 0; verb_at(i); i++)
    for (size_t j = 0; j < verb_at(i)->table->count; j++)
      bash_value(out, verb_name(i), &verb_at(i)->table->options[j]);
  fputs("  esac\n  case \"$verb\" in\n", out);
  for (int i = 0; verb_at(i); i++)
    bash_verb(out, verb_at(i)->table);
  fputs(BASH_TAIL, out);
}

// --- zsh: a specification of each option for _arguments

static void zsh_value(FILE *out, const Option *option) {
  ValueKind kind = value_kind(option);
  if (kind == VALUE_NONE)
    return;
  fprintf(out, ":%s:", option->value ? option->value : option->name);
  if (kind == VALUE_FILE || kind == VALUE_FOLDER)
    fputs(kind == VALUE_FILE ? "_files" : "_files -/", out);
  if (kind != VALUE_WORDS)
    return;
  fputs(option->kind == OPTION_LIST ? "_values -s , word " : "(", out);
  print_value_words(out, option);
  fputs(option->kind == OPTION_LIST ? "" : ")", out);
}

static void zsh_option(FILE *out, const Option *option) {
  const char *equals = option->kind == OPTION_FLAG ? "" : "=";
  fputs(" \\\n      ", out);
  if (option->kind == OPTION_LIST)
    fprintf(out, "'*--%s%s[", option->name, equals);
  else if (option->letter)
    fprintf(out, "'(-%c --%s)'{-%c,--%s%s}'[", option->letter, option->name, option->letter, option->name, equals);
  else
    fprintf(out, "'--%s%s[", option->name, equals);
  print_escaped(out, option->help, ":[]\\");
  fputc(']', out);
  zsh_value(out, option);
  fputc('\'', out);
}

static void zsh_verb(FILE *out, const OptionTable *table) {
  fprintf(out, "  %s)\n    _arguments -s -S", table->verb);
  for (size_t i = 0; i < table->count; i++)
    zsh_option(out, &table->options[i]);
  if (table->word) {
    fputs(" \\\n      '1:word:(", out);
    print_operand_words(out, table);
    fputs(")'", out);
  }
  fputs(takes_files(table) ? " \\\n      '*:file:_files'\n    ;;\n" : "\n    ;;\n", out);
}

static void print_zsh(FILE *out) {
  fputs("#compdef racewise\n_racewise() {\n  local -a verbs\n  verbs=(", out);
  for (int i = 0; verb_at(i); i++) {
    fprintf(out, "\n    '%s:", verb_name(i));
    print_escaped(out, verb_at(i)->table->summary, ":");
    fputc('\'', out);
  }
  fputs("\n  )\n  if (( CURRENT == 2 )); then\n    _describe verb verbs\n    return\n  fi\n"
        "  local verb=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $verb in\n",
        out);
  for (int i = 0; verb_at(i); i++)
    zsh_verb(out, verb_at(i)->table);
  fputs("  esac\n}\nif [[ $funcstack[1] == _racewise ]]; then\n  _racewise \"$@\"\nelse\n  compdef _racewise "
        "racewise\nfi\n",
        out);
}

// --- fish: a line for each option

static void fish_option(FILE *out, const char *verb, const Option *option) {
  ValueKind kind = value_kind(option);
  fprintf(out, "complete -c racewise -n '__fish_seen_subcommand_from %s' -l %s", verb, option->name);
  if (option->letter)
    fprintf(out, " -s %c", option->letter);
  fputs(kind == VALUE_NONE ? "" : kind == VALUE_FILE || kind == VALUE_FOLDER ? " -r -F" : " -x", out);
  if (kind == VALUE_WORDS) {
    fputs(" -a '", out);
    print_value_words(out, option);
    fputc('\'', out);
  }
  fputs(" -d '", out);
  print_escaped(out, option->help, "'\\");
  fputs("'\n", out);
}

static void fish_verb(FILE *out, const OptionTable *table) {
  fprintf(out, "complete -c racewise -n __fish_use_subcommand -a %s -d '", table->verb);
  print_escaped(out, table->summary, "'\\");
  fputs("'\n", out);
  if (table->word) {
    fprintf(out, "complete -c racewise -n '__fish_seen_subcommand_from %s' -a '", table->verb);
    print_operand_words(out, table);
    fputs("'\n", out);
  }
  if (takes_files(table))
    fprintf(out, "complete -c racewise -n '__fish_seen_subcommand_from %s' -F\n", table->verb);
  for (size_t i = 0; i < table->count; i++)
    fish_option(out, table->verb, &table->options[i]);
}

static void print_fish(FILE *out) {
  fputs("complete -c racewise -f\n"
        "complete -c racewise -n __fish_use_subcommand -l help -d 'list the verbs'\n"
        "complete -c racewise -n __fish_use_subcommand -l version -d 'which Racewise this is'\n",
        out);
  for (int i = 0; verb_at(i); i++)
    fish_verb(out, verb_at(i)->table);
}

int completions_main(int argc, char **argv) {
  static void (*const PRINT[])(FILE *) = {print_bash, print_zsh, print_fish};
  Arena *arena = arena_new();
  Words operands = {0};
  int shell, status;
  if (options_parse_plain(&COMPLETIONS_TABLE, arena, argc, argv, &operands, &status)) {
    bool known = options_word(&COMPLETIONS_TABLE, &operands, &shell);
    if (known)
      PRINT[shell](stdout);
    status = known && !fflush(stdout) ? 0 : 2;
  }
  arena_free(arena);
  return status;
}
