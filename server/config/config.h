// Configuration: what a project, a command line or an editor says about the rules and about the project's own
// libraries.
//
// A project says it in the nearest of these files, looked for in the folder of the checked file and then in those
// above; within a folder the first counts:
//
//     racewise.toml             at its top level
//     pyproject.toml            in the table [tool.racewise]
//     package.json              in the object "racewise"
//
// The keys are those of keys.c; docs/configuration.md tells users of them. A file with any problem counts as if it said
// nothing, and the problems tell what to do about it.
//
//     Configs *configs = configs_new();
//     Config *config = configs_find(configs, "src/shop.py");           // NULL where there is none
//     AnalysisOptions options = config_options(&config, 1, "src/shop.py", NULL, arena);
//     ...
//     config_free(config);
//     configs_free(configs);
#ifndef RACEWISE_SERVER_CONFIG_H
#define RACEWISE_SERVER_CONFIG_H

#include "../../analysis/analysis.h"
#include "../../analysis/base/arena.h"
#include <jansson.h>

// --- What is said about the rules

enum { NOT_SAID = -1 };

// What one source says: a file, one of its per-path tables, a command line, an editor. Later sources win.
typedef struct RuleChoice {
  bool selects;      // `select` is given: what earlier sources said about which rules are on counts no more
  bool *select;      // by rule of `analysis_rules`: those that `select` and `extend-select` name
  bool *ignore;      // the same of `ignore`
  int8_t *severity;  // by rule: a Severity, or NOT_SAID
  int8_t confidence; // a Confidence, or NOT_SAID
  int8_t preview;    // or NOT_SAID
} RuleChoice;

// Says nothing; in the arena.
RuleChoice *rule_choice_new(Arena *arena);

// The index of a rule in `analysis_rules`; their count when there is none of this name.
uint32_t rule_index(const char *name);

// --- One configuration

// Never changes; counted, so that any thread may hold it.
typedef struct Config Config;

typedef struct ConfigProblem {
  Span span;           // in the file's text; empty where the whole file is meant
  const char *message; // no line breaks; names the remedy
} ConfigProblem;

// Whether a file of this name (the last part of the path counts) may hold a configuration.
bool config_is_file(const char *path);

// Reads `bytes` as the content of the file `path`, whose name tells the format. A new reference, free with
// `config_free`.
Config *config_read(const char *path, const char *bytes, size_t length);
// Reads the file. One that cannot be read has that as its problem.
Config *config_read_file(const char *path);
// Reads an editor's settings: the same keys as in a file. Globs are relative to `folder`, which may be NULL.
Config *config_read_settings(const json_t *settings, const char *folder);

Config *config_ref(Config *config);
void config_free(Config *config); // NULL is allowed

const char *config_path(const Config *config); // absolute; "" for settings
Text *config_text(const Config *config);       // not a new reference; NULL where nothing could be read
// False for a pyproject.toml or a package.json that says nothing to Racewise.
bool config_is_present(const Config *config);

uint32_t config_problem_count(const Config *config);
const ConfigProblem *config_problem(const Config *config, uint32_t index);
// "racewise.toml:3:1: there is no key …", and how many more problems there are. The path is relative to the working
// directory where it is below. In the arena; NULL where there is no problem.
const char *config_complaint(const Config *config, Arena *arena);

// Whether the file is one of those that `exclude` names. False for a NULL configuration.
bool config_excludes(const Config *config, const char *path);

// The folder of the project's own templates for prompts, absolute; NULL where none is given.
const char *config_prompts(const Config *config, Arena *arena);

// The options of the analysis of a file by the sources' order: `configs` (some may be NULL), then `last`, which may be
// NULL too. In the arena, but for what the configurations own: they must live until the analysis has been started.
AnalysisOptions config_options(Config *const *configs, uint32_t count, const char *path, const RuleChoice *last,
                               Arena *arena);

// Nothing is to be reported: the file is excluded.
void config_disable_all(AnalysisOptions *options, Arena *arena);

// --- The files of a project

// Remembers configuration files and reads those again that have changed (by time and size). One thread at a time.
typedef struct Configs Configs;

Configs *configs_new(void);
void configs_free(Configs *configs); // NULL is allowed

// The configuration of a file: a new reference, or NULL where there is none. Looks at the file system each time.
Config *configs_find(Configs *configs, const char *path);

#endif
