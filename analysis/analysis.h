// Racewise's analysis: plain data in, plain data out.
//
// An analysis takes the syntax tree of one file and finds the races in it. It opens no files, starts no threads, keeps
// no global state and never fails: what it does not understand it is silent about. Everything an `Analysis` returns
// belongs to it and lives until `analysis_free`. Once it is made, any thread may read its findings, and what has been made of
// the rest; making that is for one thread at a time.
//
//     Syntax *syntax = syntax_parse(LANGUAGE_PYTHON, text, NULL);
//     Analysis *analysis = analysis_run(syntax, NULL, NULL);
//     for (uint32_t i = 0; i < analysis_finding_count(analysis); i++)
//       print(analysis_finding(analysis, i));
//     analysis_free(analysis);
//     syntax_free(syntax);
#ifndef RACEWISE_ANALYSIS_H
#define RACEWISE_ANALYSIS_H

#include "base/cancel.h"
#include "base/own_model.h"
#include "base/span.h"
#include "syntax/syntax.h"

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO, SEVERITY_HINT } Severity;
typedef enum Confidence { CONFIDENCE_HIGH, CONFIDENCE_MEDIUM, CONFIDENCE_LOW } Confidence;

const char *severity_name(Severity severity);       // "error", "warning", "info", "hint"
const char *confidence_name(Confidence confidence); // "high", "medium", "low"

// What a related place is in the interleaving.
typedef enum PlaceRole {
  PLACE_FIRST_ACCESS,  // the read or test
  PLACE_SUSPENSION,    // where other tasks run
  PLACE_SECOND_ACCESS, // the write or act
  PLACE_CONFLICT,      // the other task's access
  PLACE_LOCK,          // where a lock is taken or made
  PLACE_SPAWN,         // where the tasks are started
} PlaceRole;

const char *place_role_name(PlaceRole role); // "first-access", "suspension", ...

typedef struct Place {
  PlaceRole role;
  Span span;
  const char *message; // a short phrase: "`visits` is read here"
} Place;

// One step of the bad interleaving that a finding tells.
typedef struct Step {
  uint8_t task; // 0 = task A, 1 = task B
  Span span;    // where; an empty span when the step has no place
  const char *text; // "reads `visits` (say 0)"
} Step;

typedef struct Finding {
  const char *rule; // the rule's name, such as "lost-update"
  Severity severity;
  Confidence confidence;
  const char *message; // one or two sentences that tell the race; no line breaks
  Span span;           // the primary place
  const char *function; // qualified name of the function; "" at module level
  const char *variable; // the location as the source writes it; "" where there is none
  const Place *related;
  uint32_t related_count;
  const Step *steps; // the interleaving, in order; may be empty
  uint32_t step_count;
} Finding;

typedef struct Fix {
  const char *id;       // such as "wrap-in-lock"
  const char *title;    // what happens: "Wrap in asyncio.Lock"
  const char *disabled; // the reason why it cannot be applied here; NULL when it can
  bool preferred;       // at most one of a finding's
  bool safe;            // cannot change what a correct run does, except for order and timing
  const TextEdit *edits; // spans of the analysed text, in order of position, none overlapping
  uint32_t edit_count;
} Fix;

// What is reported of a rule.
typedef struct RuleSetting {
  bool enabled;
  Severity severity;
  Confidence confidence; // from this one on
} RuleSetting;

typedef struct AnalysisOptions {
  bool preview;             // report preview rules too
  const RuleSetting *rules; // one for each of `analysis_rules`, which overrules `preview`; NULL for the defaults
  const OwnModel *own;      // what the project's own libraries do
  uint32_t own_count;
} AnalysisOptions;

typedef struct Analysis Analysis;

// Analyses a file. Keeps its own handle on `syntax`, and copies of `options`, which may be NULL for the defaults. What
// comments suppress is left out. Returns NULL only when cancelled.
Analysis *analysis_run(const Syntax *syntax, const AnalysisOptions *options, Cancel *cancel);
Analysis *analysis_ref(Analysis *analysis); // the same one, to be freed once more
void analysis_free(Analysis *analysis);     // NULL is allowed

const Syntax *analysis_syntax(const Analysis *analysis);
const AnalysisOptions *analysis_options(const Analysis *analysis); // that it was run with

// Findings are ordered by position, then by rule.
uint32_t analysis_finding_count(const Analysis *analysis);
const Finding *analysis_finding(const Analysis *analysis, uint32_t index);

// The fixes of a finding, best first; made at the first call. `*count` is how many. Each is tried before, which costs
// about as much as the analysis did; once the trials of one analysis have read 16 MiB together, the fixes left are
// disabled.
const Fix *analysis_fixes(Analysis *analysis, uint32_t finding, uint32_t *count);
// Makes the fixes of a finding. False when cancelled; what was tried so far is forgotten then.
bool analysis_make_fixes(Analysis *analysis, uint32_t finding, Cancel *cancel);

// A place where a task gets at something shared.
typedef struct SharedAccess {
  Span span; // of the name where the source writes it first, else of all that is done
  bool reads, writes;
  const char *function; // qualified name; "the top level"
  Span function_span;   // of its name where it is defined
  const char *locks;    // held there: "`a`, `b`"; "" for none
  bool suspends;        // the function gives way to other tasks somewhere
  const uint32_t *rivals; // what other tasks may do while its task waits: indexes into the location's accesses
  uint32_t rival_count;   // at most 16
} SharedAccess;

// A variable or field that one task may change while another is at it. What happens in constructors and while the
// module is loaded comes before and is not counted.
typedef struct SharedLocation {
  const char *name;  // as the source writes it
  Span definition;   // where it first gets a value, in a constructor or as the module is loaded; else its first access
  const SharedAccess *accesses; // at most 200, in order of position
  uint32_t access_count;
} SharedLocation;

// The shared locations, in order of their first access; found at the first call.
const SharedLocation *analysis_shared(Analysis *analysis, uint32_t *count);
// Finds them, which like making fixes is for one thread at a time. False when cancelled.
bool analysis_find_shared(Analysis *analysis, Cancel *cancel);

typedef enum AnalysisDump { DUMP_IR, DUMP_CFG, DUMP_FACTS } AnalysisDump;

// A readable form of an inner stage, for the developers and the snapshot tests. Owned by the analysis.
const char *analysis_dump(Analysis *analysis, AnalysisDump what);

// Every rule, in the order of the documentation.
typedef struct RuleInfo {
  const char *name;
  const char *summary; // one line
  Severity severity;
  bool preview;
} RuleInfo;

const RuleInfo *analysis_rules(uint32_t *count);
// What a rule is about, in Markdown; `rule` is its index.
const char *analysis_rule_documentation(uint32_t rule);

#endif
