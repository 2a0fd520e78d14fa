#include "keys.h"

#include "../../analysis/base/nearest.h"
#include <string.h>

typedef struct Section {
  Reading *reading;
  Said *said;
  RuleChoice *choice; // of this table
  bool nested;        // a per-path table
} Section;

typedef struct Key Key;

struct Key {
  const char *name;
  ValueKind kind;
  const char *example;
  bool top; // not in a per-path table
  void (*read)(Section *section, const Key *key, const Value *value);
  OwnKind own;
};

// --- names

static uint32_t rule_count(void) {
  uint32_t count;
  analysis_rules(&count);
  return count;
}

static void unknown_rule(Section *section, Span span, const char *name) {
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  Nearest nearest = nearest_to(name);
  for (uint32_t i = 0; i < count; i++)
    nearest_offer(&nearest, rules[i].name);
  const char *word = nearest_word(&nearest);
  if (word)
    reading_complain(section->reading, span, "there is no rule \"%s\"; did you mean \"%s\"?", name, word);
  else
    reading_complain(section->reading, span, "there is no rule \"%s\"; `racewise rules` lists them", name);
}

// The index of a word, or a complaint that lists the right ones and NOT_SAID.
static int8_t choose(Section *section, const char *key, const Value *value, const char *const *words) {
  Nearest nearest = nearest_to(value->string);
  const char *list = "";
  for (int8_t i = 0; words[i]; i++) {
    if (!strcmp(words[i], value->string))
      return i;
    nearest_offer(&nearest, words[i]);
    list = arena_printf(section->reading->arena, "%s%s\"%s\"", list, !i ? "" : words[i + 1] ? ", " : " or ", words[i]);
  }
  const char *word = nearest_word(&nearest);
  reading_complain(section->reading, value->span, "`%s` is %s, not \"%s\"%s%s%s", key, list, value->string,
                   word ? "; did you mean \"" : "", word ? word : "", word ? "\"?" : "");
  return NOT_SAID;
}

// --- values

static bool is_kind(Section *section, const Key *key, const Value *value, ValueKind kind) {
  if (value->kind == kind)
    return true;
  reading_complain(section->reading, value->span, "`%s` takes %s, not %s: write `%s`", key->name,
                   value_kind_name(key->kind), value_kind_name(value->kind), key->example);
  return false;
}

// Calls `take` for each string of the list.
static void each_string(Section *section, const Key *key, const Value *list,
                        void (*take)(Section *section, const Key *key, const Value *string)) {
  for (uint32_t i = 0; i < list->entries.count; i++) {
    const Value *value = list->entries.items[i].value;
    if (value->kind == VALUE_STRING)
      take(section, key, value);
    else
      reading_complain(section->reading, value->span, "`%s` takes a list of strings, and this is %s: write `%s`",
                       key->name, value_kind_name(value->kind), key->example);
  }
}

static void name_rule(Section *section, const Value *name, bool *rules) {
  uint32_t index = rule_index(name->string);
  if (index < rule_count())
    rules[index] = true;
  else
    unknown_rule(section, name->span, name->string);
}

static void take_selected(Section *section, const Key *key, const Value *name) {
  (void)key;
  name_rule(section, name, section->choice->select);
}

static void take_ignored(Section *section, const Key *key, const Value *name) {
  (void)key;
  name_rule(section, name, section->choice->ignore);
}

static void read_select(Section *section, const Key *key, const Value *value) {
  section->choice->selects = true;
  each_string(section, key, value, take_selected);
}

static void read_extend_select(Section *section, const Key *key, const Value *value) {
  each_string(section, key, value, take_selected);
}

static void read_ignore(Section *section, const Key *key, const Value *value) {
  each_string(section, key, value, take_ignored);
}

static void read_severity(Section *section, const Key *key, const Value *value) {
  static const char *const WORDS[] = {"error", "warning", "info", "hint", NULL};
  for (uint32_t i = 0; i < value->entries.count; i++) {
    const Entry *entry = &value->entries.items[i];
    uint32_t index = rule_index(entry->key);
    if (index == rule_count())
      unknown_rule(section, entry->key_span, entry->key);
    else if (entry->value->kind != VALUE_STRING)
      reading_complain(section->reading, entry->value->span, "a severity is a string, and this is %s: write `%s`",
                       value_kind_name(entry->value->kind), key->example);
    else
      section->choice->severity[index] = choose(section, entry->key, entry->value, WORDS);
  }
}

static void read_confidence(Section *section, const Key *key, const Value *value) {
  static const char *const WORDS[] = {"high", "medium", "low", NULL};
  section->choice->confidence = choose(section, key->name, value, WORDS);
}

static void read_preview(Section *section, const Key *key, const Value *value) {
  (void)key;
  section->choice->preview = value->boolean;
}

static void take_excluded(Section *section, const Key *key, const Value *glob) {
  (void)key;
  array_push(section->reading->arena, &section->said->exclude, glob->string);
}

static void read_exclude(Section *section, const Key *key, const Value *value) {
  each_string(section, key, value, take_excluded);
}

static void take_own(Section *section, const Key *key, const Value *path) {
  if (!*path->string || strpbrk(path->string, " \t()"))
    reading_complain(section->reading, path->span,
                     "`%s` names what an import reaches, and this is no such name: write `%s`", key->name,
                     key->example);
  else
    array_push(section->reading->arena, &section->said->own, ((OwnModel){key->own, path->string}));
}

static void read_own(Section *section, const Key *key, const Value *value) {
  each_string(section, key, value, take_own);
}

static void read_prompts(Section *section, const Key *key, const Value *value) {
  (void)key;
  section->said->prompts = value->string;
}

static void read_per_path(Section *section, const Key *key, const Value *value);

// --- the table of keys

static const Key KEYS[] = {
    {"select", VALUE_LIST, "select = [\"lost-update\"]", false, read_select, 0},
    {"extend-select", VALUE_LIST, "extend-select = [\"leaked-claim\"]", false, read_extend_select, 0},
    {"ignore", VALUE_LIST, "ignore = [\"toctou\"]", false, read_ignore, 0},
    {"severity", VALUE_TABLE, "severity = { toctou = \"hint\" }", false, read_severity, 0},
    {"confidence", VALUE_STRING, "confidence = \"medium\"", false, read_confidence, 0},
    {"preview", VALUE_BOOLEAN, "preview = true", false, read_preview, 0},
    {"exclude", VALUE_LIST, "exclude = [\"vendored\"]", true, read_exclude, 0},
    {"per-path", VALUE_TABLE, "per-path = { \"tests/**\" = { ignore = [\"toctou\"] } }", true, read_per_path, 0},
    {"prompts", VALUE_STRING, "prompts = \"docs/prompts\"", true, read_prompts, 0},
    {"locks", VALUE_LIST, "locks = [\"shop.locks.Mutex\"]", true, read_own, OWN_LOCK},
    {"spawns", VALUE_LIST, "spawns = [\"shop.tasks.start\"]", true, read_own, OWN_SPAWN},
    {"handlers", VALUE_LIST, "handlers = [\"*.on_order\"]", true, read_own, OWN_HANDLER},
    {"sessions", VALUE_LIST, "sessions = [\"shop.db.Session\"]", true, read_own, OWN_SESSION},
    {"network", VALUE_LIST, "network = [\"shop.api.*\"]", true, read_own, OWN_NETWORK},
};
enum { KEY_COUNT = sizeof KEYS / sizeof *KEYS };

static void unknown_key(Section *section, const Entry *entry) {
  Nearest nearest = nearest_to(entry->key);
  const char *list = "";
  for (int i = 0; i < KEY_COUNT; i++) {
    if (section->nested && KEYS[i].top)
      continue;
    nearest_offer(&nearest, KEYS[i].name);
    list = arena_printf(section->reading->arena, "%s%s%s", list, i ? ", " : "", KEYS[i].name);
  }
  const char *word = nearest_word(&nearest), *where = section->nested ? " in a per-path table" : "";
  if (word)
    reading_complain(section->reading, entry->key_span, "there is no key `%s`%s; did you mean `%s`?", entry->key, where,
                     word);
  else
    reading_complain(section->reading, entry->key_span, "there is no key `%s`%s; there are %s", entry->key, where,
                     list);
}

static void read_entry(Section *section, const Entry *entry) {
  for (int i = 0; i < KEY_COUNT; i++) {
    const Key *key = &KEYS[i];
    if (strcmp(key->name, entry->key) || (section->nested && key->top))
      continue;
    if (is_kind(section, key, entry->value, key->kind))
      key->read(section, key, entry->value);
    return;
  }
  unknown_key(section, entry);
}

static void read_section(Section *section, const Value *table) {
  for (uint32_t i = 0; i < table->entries.count; i++)
    read_entry(section, &table->entries.items[i]);
}

static void read_per_path(Section *section, const Key *key, const Value *value) {
  for (uint32_t i = 0; i < value->entries.count; i++) {
    const Entry *entry = &value->entries.items[i];
    Override override = {entry->key, rule_choice_new(section->reading->arena)};
    if (!is_kind(section, key, entry->value, VALUE_TABLE))
      continue;
    array_push(section->reading->arena, &section->said->overrides, override);
    Section nested = {section->reading, section->said, override.choice, true};
    read_section(&nested, entry->value);
  }
}

void keys_read(Reading *reading, const Value *table, Said *said) {
  said->choice = rule_choice_new(reading->arena);
  Section section = {reading, said, said->choice, false};
  read_section(&section, table);
}
