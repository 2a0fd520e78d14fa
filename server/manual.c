#include "manual.h"

#include "analysis.h"
#include "base/nearest.h"
#include <stdio.h>
#include <string.h>

enum { NAME_LIMIT = 64 };

const char *manual_topic(const EmbeddedFile *file, char *name, size_t size) {
  return embedded_stem(file, "topics", name, size);
}

static const EmbeddedFile *find(const char *folder, const char *name) {
  char stem[NAME_LIMIT];
  for (uint32_t i = 0; i < EMBEDDED_FILES_COUNT; i++)
    if (embedded_stem(&EMBEDDED_FILES[i], folder, stem, sizeof stem) && strcmp(stem, name) == 0)
      return &EMBEDDED_FILES[i];
  return NULL;
}

const EmbeddedFile *manual_example(const char *rule) {
  return find("examples", rule);
}

const char *manual_page(const char *name) {
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  for (uint32_t i = 0; i < count; i++)
    if (strcmp(rules[i].name, name) == 0)
      return analysis_rule_documentation(i);
  const EmbeddedFile *topic = find("topics", name);
  return topic ? topic->text : NULL;
}

// Topics' names are kept here while the best is looked for.
const char *manual_nearest(const char *name, char *right, size_t size) {
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  char topics[16][NAME_LIMIT];
  uint32_t topic_count = 0;
  Nearest nearest = nearest_to(name);
  for (uint32_t i = 0; i < count; i++)
    nearest_offer(&nearest, rules[i].name);
  for (uint32_t i = 0; i < EMBEDDED_FILES_COUNT && topic_count < 16; i++)
    if (manual_topic(&EMBEDDED_FILES[i], topics[topic_count], NAME_LIMIT))
      nearest_offer(&nearest, topics[topic_count++]);
  const char *word = nearest_word(&nearest);
  if (word)
    snprintf(right, size, "%s", word);
  return word ? right : NULL;
}
