#include "settings.h"
#include <stddef.h>
#include <string.h>

// Those of the editor alone. A value is `true` or `false`, or one of two words.
typedef struct Setting {
  const char *name;
  size_t field;         // a bool of `Settings`
  const char *no, *yes; // the words; NULL for a bool
} Setting;

static const Setting SETTINGS[] = {
    {"inlayHints", offsetof(Settings, inlay_hints), NULL, NULL},
    {"codeLens", offsetof(Settings, code_lens), NULL, NULL},
    {"confirmUnsafeFixes", offsetof(Settings, confirm_unsafe_fixes), NULL, NULL},
    {"diagnosticMode", offsetof(Settings, whole_workspace), "openFiles", "workspace"},
};

// What extensions keep in the same section for themselves.
static const char *const OTHERS[] = {"path", "trace", "enable"};

static const Setting *find_setting(const char *name) {
  for (size_t i = 0; i < sizeof SETTINGS / sizeof *SETTINGS; i++)
    if (strcmp(SETTINGS[i].name, name) == 0)
      return &SETTINGS[i];
  return NULL;
}

static bool is_for_others(const char *name) {
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
    if (strcmp(OTHERS[i], name) == 0)
      return true;
  return false;
}

static void take(Settings *settings, const Setting *setting, const json_t *value, const Log *log) {
  bool *field = (bool *)((char *)settings + setting->field);
  const char *word = json_string_value(value);
  if (!setting->yes && json_is_boolean(value))
    *field = json_is_true(value);
  else if (setting->yes && word && (strcmp(word, setting->yes) == 0 || strcmp(word, setting->no) == 0))
    *field = strcmp(word, setting->yes) == 0;
  else
    log_write(log, LOG_WARNING, "the setting \"%s\" takes %s or %s", setting->name, setting->yes ? setting->no : "true",
              setting->yes ? setting->yes : "false");
}

static Config *read_config(const json_t *json, const char *folder, const Log *log) {
  if (json_object_size(json) == 0)
    return NULL;
  Config *config = config_read_settings(json, folder);
  for (uint32_t i = 0; i < config_problem_count(config); i++)
    log_write(log, LOG_WARNING, "in the editor's settings: %s", config_problem(config, i)->message);
  return config;
}

Settings settings_read(const json_t *json, const char *folder, const Log *log) {
  Settings settings = {0};
  json_t *rest = json_object();
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)json, name, value) {
    const Setting *setting = find_setting(name);
    if (json_is_null(value) || is_for_others(name))
      continue; // not set
    if (setting)
      take(&settings, setting, value, log);
    else
      json_object_set(rest, name, value);
  }
  settings.config = read_config(rest, folder, log);
  json_decref(rest);
  return settings;
}

void settings_done(Settings *settings) {
  config_free(settings->config);
  settings->config = NULL;
}
