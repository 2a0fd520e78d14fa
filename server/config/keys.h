// The keys of a configuration. Internal to this folder.
#ifndef RACEWISE_CONFIG_KEYS_H
#define RACEWISE_CONFIG_KEYS_H

#include "value.h"

// What a per-path table says.
typedef struct Override {
  const char *glob;
  RuleChoice *choice;
} Override;

typedef struct Said {
  RuleChoice *choice;
  ARRAY(Override) overrides; // in order
  ARRAY(const char *) exclude;
  ARRAY(OwnModel) own;
  const char *prompts; // a folder; NULL for none
} Said;

// Reads the table that holds the keys; complains of what is wrong.
void keys_read(Reading *reading, const Value *table, Said *said);

#endif
