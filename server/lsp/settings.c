#include "settings.h"
#include <stddef.h>
#include <string.h>

const Settings DEFAULT_SETTINGS = {0};

typedef struct Setting {
  const char *name;
  size_t field; // a bool of `Settings`
} Setting;

static const Setting SETTINGS[] = {
    {"inlayHints", offsetof(Settings, inlay_hints)},
    {"codeLens", offsetof(Settings, code_lens)},
};

static const Setting *find_setting(const char *name) {
  for (size_t i = 0; i < sizeof SETTINGS / sizeof *SETTINGS; i++)
    if (strcmp(SETTINGS[i].name, name) == 0)
      return &SETTINGS[i];
  return NULL;
}

void settings_read(Settings *settings, const json_t *json, const Log *log) {
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)json, name, value) {
    const Setting *setting = find_setting(name);
    if (!setting)
      log_write(log, LOG_WARNING, "there is no setting \"%s\"", name);
    else if (!json_is_boolean(value))
      log_write(log, LOG_WARNING, "the setting \"%s\" takes true or false", name);
    else
      *(bool *)((char *)settings + setting->field) = json_is_true(value);
  }
}
