// What to pass for a parameter, by what people call such things.
#include "plan.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

// The last word of a name tells what it holds: "max_retry_count", "priceCents".
static const char *const NUMBERS[] = {
    "age",     "amount",    "attempts", "balance", "budget",   "bytes",    "capacity", "cents", "cost",     "count",
    "credit",  "credits",   "delay",    "delta",   "duration", "euros",    "factor",   "gap",   "index",    "interval",
    "length",  "level",     "limit",    "max",     "maximum",  "min",      "minimum",  "ms",    "n",        "number",
    "offset",  "opening",   "page",     "percent", "points",   "position", "price",    "qty",   "quantity", "quota",
    "rate",    "retries",   "rounds",   "score",   "seats",    "seconds",  "seq",      "size",  "slots",    "steps",
    "stock",   "threshold", "timeout",  "times",   "tokens",   "total",    "ttl",      "units", "usage",    "used",
    "version", "weight",    "width",    "height",  "workers",  "x",        "y",        NULL};

static const char *const TEXTS[] = {
    "account",  "address",  "author",  "bidder",    "body",     "bucket",  "category",    "channel", "city",
    "code",     "command",  "content", "currency",  "customer", "data",    "description", "domain",  "email",
    "endpoint", "event",    "field",   "file",      "filename", "host",    "id",          "ident",   "idents",
    "image",    "item",     "kind",    "key",       "label",    "line",    "locale",      "lot",     "machine",
    "message",  "mirror",   "name",    "namespace", "node",     "option",  "order",       "owner",   "owners",
    "part",     "path",     "phone",   "player",    "prefix",   "product", "prompt",      "query",   "region",
    "resource", "role",     "room",    "seat",      "secret",   "sender",  "receiver",    "sid",     "sku",
    "slot",     "slug",     "source",  "sql",       "state",    "status",  "subject",     "symbol",  "tag",
    "tenant",   "text",     "title",   "token",     "topic",    "type",    "uid",         "uri",     "url",
    "user",     "username", "uuid",    "vehicle",   "voter",    "voucher", "word",        NULL};

// The last word of "user_id", "userId" or "USER_ID", in small letters.
static void last_word(const char *name, char word[32]) {
  size_t length = strlen(name), start = length;
  while (start > 0 && name[start - 1] != '_' && !(start < length && isupper((unsigned char)name[start])))
    start--;
  size_t size = length - start < 31 ? length - start : 31;
  for (size_t i = 0; i < size; i++)
    word[i] = (char)tolower((unsigned char)name[start + i]);
  word[size] = '\0';
}

static bool is_listed(const char *const *words, const char *word) {
  while (*words && strcmp(*words, word) != 0)
    words++;
  return *words != NULL;
}

// How often something is done: a test does it once.
static const char *const COUNTS[] = {"attempts", "count",      "times",  "rounds", "retries", "steps",
                                     "workers",  "iterations", "repeat", "cycles", "n",       NULL};

static bool names_count(const char *name) {
  char word[32];
  last_word(name, word);
  return is_listed(COUNTS, word);
}

bool stress_names_number(const char *name) {
  char word[32];
  last_word(name, word);
  return is_listed(NUMBERS, word) || !strncmp(name, "max_", 4) || !strncmp(name, "num_", 4) || !strncmp(name, "max", 3);
}

StressValue *stress_value_new(StressPlan *plan, StressValueKind kind, const char *name) {
  StressValue *value = ARENA_NEW(plan->arena, StressValue);
  value->kind = kind == STRESS_NUMBER && names_count(name) ? STRESS_COUNT : kind;
  value->name = name;
  if (kind == STRESS_TEXT)
    stress_value_texts(plan, value);
  return value;
}

static bool is_word(char byte) {
  return isalnum((unsigned char)byte) || byte == '_' || byte == '$';
}

// Whether code calls methods of what has this name that no text has: `source.copy(…)`, `self._source.copy(…)`.
static bool names_object(const StressPlan *plan, const char *name) {
  static const char *const TEXT_METHODS[] = {
      "decode", "encode", "endswith",   "endsWith",   "format", "includes",    "join", "lower", "padStart", "replace",
      "slice",  "split",  "startswith", "startsWith", "strip",  "toLowerCase", "trim", "upper", NULL};
  const char *bytes = plan->source.bytes;
  size_t length = strlen(name);
  for (const char *at = strstr(bytes, name); at; at = strstr(at + 1, name)) {
    const char *method = at + length + 1, *end = method;
    bool starts = at == bytes || at[-1] == '_' || at[-1] == '#' || !is_word(at[-1]);
    if (!starts || at[length] != '.')
      continue;
    while (is_word(*end))
      end++;
    char word[32];
    snprintf(word, sizeof word, "%.*s", (int)(end - method), method);
    if (*end == '(' && !is_listed(TEXT_METHODS, word))
      return true;
  }
  return false;
}

StressValue *stress_value_named(StressPlan *plan, const char *name) {
  char word[32];
  last_word(name, word);
  if (names_object(plan, name))
    return stress_value_new(plan, STRESS_FAKE, name);
  if (stress_names_number(name))
    return stress_value_new(plan, STRESS_NUMBER, name);
  return stress_value_new(plan, is_listed(TEXTS, word) ? STRESS_TEXT : STRESS_FAKE, name);
}

// --- texts that the code has tables for

typedef struct Search {
  StressPlan *plan;
  StressValue *value;
} Search;

static bool is_plain_text(StressPlan *plan, TSNode node, const char **text) {
  Span span = syntax_node_span(node);
  if (!syntax_node_is(node, "string") || span.end - span.start < 3 || span.end - span.start > 64)
    return false;
  char *copy = source_copy(&plan->source, plan->arena, (Span){span.start + 1, span.end - 1});
  *text = copy;
  return !strpbrk(copy, "\\'\"{");
}

// The texts that a literal at the top level holds: the keys of a dictionary, the elements of a set or a list.
static void take_texts(Search *search, TSNode literal) {
  for (uint32_t i = 0; i < ts_node_named_child_count(literal) && search->value->texts.count < 8; i++) {
    TSNode item = ts_node_named_child(literal, i);
    TSNode key = syntax_node_field(item, "key");
    const char *text;
    if (is_plain_text(search->plan, ts_node_is_null(key) ? item : key, &text))
      array_push(search->plan->arena, &search->value->texts, text);
    else if (syntax_node_is(item, "array") && is_plain_text(search->plan, syntax_node_child(item, 0), &text))
      array_push(search->plan->arena, &search->value->texts, text);
  }
}

// `new Set(['A1'])`, `frozenset({"a"})`: the literal inside.
static TSNode literal_of(TSNode value) {
  if (syntax_node_is(value, "call") || syntax_node_is(value, "new_expression"))
    return syntax_node_child(syntax_node_field(value, "arguments"), 0);
  return value;
}

static bool is_top_level(TSNode node) {
  int depth = 0;
  for (TSNode up = ts_node_parent(node); !ts_node_is_null(up); up = ts_node_parent(up))
    if (++depth > 4 || syntax_node_is_function(up) || syntax_node_is(up, "class_body") ||
        syntax_node_is(up, "class_definition"))
      return false;
  return true;
}

// The table of a name: `NAME = {…}` at the top level.
typedef struct Table {
  Search *search;
  const char *name;
} Table;

static bool visit_table(TSNode node, void *context) {
  Table *table = context;
  static const char *const DEFINITIONS[] = {"assignment", "variable_declarator", NULL};
  if (!syntax_node_is_one_of(node, DEFINITIONS))
    return table->search->value->texts.count == 0;
  TSNode left = syntax_node_field(node, syntax_node_is(node, "assignment") ? "left" : "name");
  TSNode right = syntax_node_field(node, syntax_node_is(node, "assignment") ? "right" : "value");
  TSNode literal = ts_node_is_null(right) ? right : literal_of(right);
  if (!ts_node_is_null(literal) && is_top_level(node) && !ts_node_is_null(left) &&
      source_equals(&table->search->plan->source, syntax_node_span(left), table->name))
    take_texts(table->search, literal);
  return false;
}

static void read_table(Search *search, TSNode name) {
  if (ts_node_is_null(name) || !syntax_node_is(name, "identifier"))
    return;
  const char *text = source_copy(&search->plan->source, search->plan->arena, syntax_node_span(name));
  syntax_node_walk(search->plan->source.root, visit_table, &(Table){search, text});
}

static bool names_value(Search *search, TSNode node) {
  return !ts_node_is_null(node) && source_equals(&search->plan->source, syntax_node_span(node), search->value->name);
}

// Looked up: `TABLE[name]`, `name in TABLE`, `TABLE.has(name)`, `TABLE.get(name)`, `TABLE.discard(name)`.
static bool visit_look_up(TSNode node, void *context) {
  Search *search = context;
  if (search->value->texts.count)
    return false;
  if (syntax_node_is(node, "subscript") && names_value(search, syntax_node_field(node, "subscript")))
    read_table(search, syntax_node_field(node, "value"));
  else if (syntax_node_is(node, "subscript_expression") && names_value(search, syntax_node_field(node, "index")))
    read_table(search, syntax_node_field(node, "object"));
  else if (syntax_node_is(node, "comparison_operator") && names_value(search, syntax_node_child(node, 0)))
    read_table(search, syntax_node_child(node, 1));
  else if ((syntax_node_is(node, "call") || syntax_node_is(node, "call_expression")) &&
           names_value(search, syntax_node_child(syntax_node_field(node, "arguments"), 0)))
    read_table(search, syntax_node_field(syntax_node_field(node, "function"), "object"));
  return true;
}

void stress_value_texts(StressPlan *plan, StressValue *value) {
  syntax_node_walk(plan->source.root, visit_look_up, &(Search){plan, value});
}
