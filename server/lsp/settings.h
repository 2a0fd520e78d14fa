// What the user has set in the editor.
#ifndef RACEWISE_SERVER_LSP_SETTINGS_H
#define RACEWISE_SERVER_LSP_SETTINGS_H

#include "../config/config.h"
#include "../log.h"

typedef struct Settings {
  bool inlay_hints;
  bool code_lens;
  bool confirm_unsafe_fixes; // where the client can ask
  bool whole_workspace;      // files that are not open are looked at too
  Config *config;            // what a configuration file could say too; NULL for nothing
} Settings;

// Reads an object of settings such as `{"inlayHints": true, "confidence": "high"}`; what it does not say is as by
// default. `json` may be NULL, `folder` too: what globs are relative to. What is wrong is logged and let be. Free with
// `settings_done`.
Settings settings_read(const json_t *json, const char *folder, const Log *log);
void settings_done(Settings *settings);

#endif
