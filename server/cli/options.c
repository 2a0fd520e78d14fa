#include "options.h"

#include "../../analysis/base/nearest.h"
#include "complain.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct Parser {
  const OptionTable *table;
  Arena *arena;
  char **argv;
  int argc, at;
  char *values;
} Parser;

static const Option *find_name(const OptionTable *table, const char *name, size_t length) {
  for (size_t i = 0; i < table->count; i++)
    if (strlen(table->options[i].name) == length && !memcmp(table->options[i].name, name, length))
      return &table->options[i];
  return NULL;
}

static const Option *find_letter(const OptionTable *table, char letter) {
  for (size_t i = 0; i < table->count; i++)
    if (table->options[i].letter && table->options[i].letter == letter)
      return &table->options[i];
  return NULL;
}

static bool unknown_name(const Parser *parser, const char *name) {
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < parser->table->count; i++)
    nearest_offer(&nearest, parser->table->options[i].name);
  const char *word = nearest_word(&nearest);
  if (word)
    complain("unknown option --%s; did you mean --%s?", name, word);
  else
    complain("unknown option --%s; racewise %s --help lists them", name, parser->table->verb);
  return false;
}

void option_value(const Option *option, char *words, size_t size) {
  snprintf(words, size, "%s", option->value ? option->value : "");
  size_t used = 0;
  for (int i = 0; option->choice && option->choice(i) && used < size; i++)
    used += (size_t)snprintf(words + used, size - used, "%s%s", i ? "|" : "", option->choice(i));
}

static bool store_choice(const Option *option, const char *text, int *field) {
  Nearest nearest = nearest_to(text);
  const char *word;
  for (int i = 0; (word = option->choice(i)); i++) {
    if (!strcmp(word, text)) {
      *field = i;
      return true;
    }
    nearest_offer(&nearest, word);
  }
  char words[OPTION_WORDS_SIZE];
  option_value(option, words, sizeof words);
  word = nearest_word(&nearest);
  complain("--%s takes %s, not \"%s\"%s%s%s", option->name, words, text, word ? "; did you mean " : "",
           word ? word : "", word ? "?" : "");
  return false;
}

static bool read_number(const Option *option, const char *text, uint32_t least, uint32_t *number) {
  char *end;
  errno = 0;
  unsigned long value = strtoul(text, &end, 10);
  if (*text < '0' || *text > '9' || *end || errno || value < least || value > UINT32_MAX) {
    complain("--%s takes a number of at least %u, not \"%s\"", option->name, least, text);
    return false;
  }
  *number = (uint32_t)value;
  return true;
}

static bool store_count(const Option *option, const char *text, int64_t *field) {
  uint32_t number;
  bool read = read_number(option, text, 0, &number);
  if (read)
    *field = number;
  return read;
}

static void store_list(Arena *arena, const char *text, Words *field) {
  while (*text) {
    size_t length = strcspn(text, ",");
    if (length)
      array_push(arena, field, arena_copy(arena, text, length));
    text += length + (text[length] == ',');
  }
}

static bool store(Parser *parser, const Option *option, const char *text) {
  void *field = parser->values + option->field;
  switch (option->kind) {
  case OPTION_FLAG:
    *(bool *)field = true;
    return true;
  case OPTION_TEXT:
    *(const char **)field = text;
    return true;
  case OPTION_NUMBER:
    return read_number(option, text, 1, field);
  case OPTION_COUNT:
    return store_count(option, text, field);
  case OPTION_CHOICE:
    return store_choice(option, text, field);
  case OPTION_LIST:
    store_list(parser->arena, text, field);
    return true;
  }
  return false;
}

// The value that belongs to the option: `attached` where there is one, else the next argument.
static bool take_value(Parser *parser, const Option *option, const char *attached) {
  if (option->kind == OPTION_FLAG) {
    if (attached)
      complain("--%s takes no value", option->name);
    return !attached && store(parser, option, NULL);
  }
  if (!attached && parser->at + 1 >= parser->argc) {
    char words[OPTION_WORDS_SIZE];
    option_value(option, words, sizeof words);
    complain("--%s needs a value: --%s=%s", option->name, option->name, words);
    return false;
  }
  return store(parser, option, attached ? attached : parser->argv[++parser->at]);
}

static bool parse_long(Parser *parser, const char *name) {
  size_t length = strcspn(name, "=");
  const Option *option = find_name(parser->table, name, length);
  if (!option)
    return unknown_name(parser, arena_copy(parser->arena, name, length));
  return take_value(parser, option, name[length] ? name + length + 1 : NULL);
}

static bool parse_letters(Parser *parser, const char *letters) {
  for (; *letters; letters++) {
    const Option *option = find_letter(parser->table, *letters);
    if (!option) {
      complain("unknown option -%c; racewise %s --help lists them", *letters, parser->table->verb);
      return false;
    }
    if (option->kind != OPTION_FLAG)
      return take_value(parser, option, letters[1] ? letters + 1 : NULL);
    store(parser, option, NULL);
  }
  return true;
}

bool options_parse(const OptionTable *table, Arena *arena, int argc, char **argv, void *values, Words *operands) {
  Parser parser = {table, arena, argv, argc, 1, values};
  bool only_operands = false;
  for (; parser.at < argc; parser.at++) {
    const char *word = argv[parser.at];
    if (only_operands || word[0] != '-' || !word[1])
      array_push(arena, operands, word);
    else if (!strcmp(word, "--"))
      only_operands = true;
    else if (!(word[1] == '-' ? parse_long(&parser, word + 2) : parse_letters(&parser, word + 1)))
      return false;
  }
  return true;
}

void options_help(const OptionTable *table, FILE *out) {
  fprintf(out, "%s\n\nUsage: racewise %s %s%s\n\nOptions:\n", table->summary, table->verb,
          table->count ? "[OPTION…] " : "", table->operands);
  for (size_t i = 0; i < table->count; i++) {
    const Option *option = &table->options[i];
    char words[OPTION_WORDS_SIZE], left[OPTION_WORDS_SIZE + 64];
    option_value(option, words, sizeof words);
    snprintf(left, sizeof left, "--%s%s%s", option->name, *words ? " " : "", words);
    fprintf(out, option->letter ? "  -%c, " : "      ", option->letter);
    fprintf(out, strlen(left) > 26 ? "%s\n%34s" : "%-26s  %.0s", left, "");
    fprintf(out, "%s\n", option->help);
  }
  if (table->notes)
    fprintf(out, "\n%s", table->notes);
}

const Option HELP_ONLY[1] = {{"help", 'h', OPTION_FLAG, 0, NULL, NULL, "this text"}};

bool options_parse_plain(const OptionTable *table, Arena *arena, int argc, char **argv, Words *operands, int *status) {
  bool help = false;
  *status = 2;
  if (!options_parse(table, arena, argc, argv, &help, operands))
    return false;
  if (help) {
    options_help(table, stdout);
    *status = fflush(stdout) ? 2 : 0;
  }
  return !help;
}

bool options_at_most(const OptionTable *table, const Words *operands, uint32_t most) {
  if (operands->count <= most)
    return true;
  if (most)
    complain("racewise %s takes at most %u argument%s", table->verb, most, most == 1 ? "" : "s");
  else
    complain("racewise %s takes no argument, not %s", table->verb, operands->items[0]);
  return false;
}

bool options_word(const OptionTable *table, const Words *operands, int *index) {
  const char *given = operands->count ? operands->items[0] : "";
  Nearest nearest = nearest_to(given);
  for (int i = 0; table->word(i); i++) {
    if (operands->count == 1 && !strcmp(table->word(i), given)) {
      *index = i;
      return true;
    }
    nearest_offer(&nearest, table->word(i));
  }
  const char *word = operands->count == 1 ? nearest_word(&nearest) : NULL;
  if (word)
    complain("racewise %s takes %s, not %s; did you mean %s?", table->verb, table->operands, given, word);
  else
    complain("racewise %s takes %s", table->verb, table->operands);
  return false;
}
