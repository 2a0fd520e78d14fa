// What the user has set for the server, as clients send it.
#ifndef RACEWISE_SERVER_LSP_SETTINGS_H
#define RACEWISE_SERVER_LSP_SETTINGS_H

#include "../log.h"
#include <jansson.h>
#include <stdbool.h>

typedef struct Settings {
  bool inlay_hints;
  bool code_lens;
} Settings;

extern const Settings DEFAULT_SETTINGS;

// Takes over what an object of settings says, such as `{"inlayHints": true}`. What it does not name, or names wrongly,
// which is logged, stays as it is.
void settings_read(Settings *settings, const json_t *json, const Log *log);

#endif
