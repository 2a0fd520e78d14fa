// Racewise's analysis: plain data in, plain data out.
//
// An analysis takes the syntax tree of one file and finds the races in it. It opens no files, starts no threads, keeps
// no global state and never fails: what it does not understand it is silent about. Everything an `Analysis` returns
// belongs to it and lives until `analysis_free`. Once it is made, any thread may read its findings, and what has been
// made of the rest; making that is for one thread at a time.
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
  uint8_t task;     // 0 = task A, 1 = task B
  Span span;        // where; an empty span when the step has no place
  const char *text; // "reads `visits` (say 0)"
} Step;

typedef struct Finding {
  const char *rule; // the rule's name, such as "lost-update"
  Severity severity;
  Confidence confidence;
  const char *message;  // one or two sentences that tell the race; no line breaks
  Span span;            // the primary place
  const char *function; // qualified name of the function; "" at module level
  const char *variable; // the location as the source writes it; "" where there is none
  const Place *related;
  uint32_t related_count;
  const Step *steps; // the interleaving, in order; may be empty
  uint32_t step_count;
} Finding;

typedef struct Fix {
  const char *id;        // such as "wrap-in-lock"
  const char *title;     // what happens: "Wrap in asyncio.Lock"
  const char *disabled;  // the reason why it cannot be applied here; NULL when it can
  bool preferred;        // at most one of a finding's
  bool safe;             // cannot change what a correct run does, except for order and timing
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
  bool unsuppressed;        // comments suppress nothing, and the rules about them look at none
  const RuleSetting *rules; // one for each of `analysis_rules`, which overrules `preview`; NULL for the defaults
  const OwnModel *own;      // what the project's own libraries do
  uint32_t own_count;
} AnalysisOptions;

typedef struct Analysis Analysis;

// Analyses a file. Keeps its own handle on `syntax`, and copies of `options`, which may be NULL for the defaults. What
// comments suppress is left out, unless the options say otherwise. Returns NULL only when cancelled.
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
  const char *function;   // qualified name; "the top level"
  Span function_span;     // of its name where it is defined
  const char *locks;      // held there: "`a`, `b`"; "" for none
  bool suspends;          // the function gives way to other tasks somewhere
  uint64_t tasks;         // in which it may run: bit `n` is task `n` of the audit
  const uint32_t *rivals; // what other tasks may do while its task waits: indexes into the location's accesses
  uint32_t rival_count;   // at most 16
} SharedAccess;

// A variable or field that tasks share. What happens in constructors and while the module is loaded comes before, or
// when no task runs, and is told apart.
typedef struct SharedLocation {
  const char *name;   // as the source writes it
  const char *setter; // the function that alone changes it, where a framework keeps it ("setItems"); "" for none
  Span definition;    // where it first gets a value, in a constructor or as the module is loaded; else its first access
  const SharedAccess *accesses; // at most 200, in order of position
  uint32_t access_count;
  const SharedAccess *setup; // those of constructors and the module's top level, likewise
  uint32_t setup_count;
  bool truncated; // there are more accesses than are told
  bool own;       // of a lock: each activation makes its own, which keeps nobody else out
} SharedLocation;

// The locations that one task may change while another is at them, in order of their first access; found at the first
// call.
const SharedLocation *analysis_shared(Analysis *analysis, uint32_t *count);
// Finds them, which like making fixes is for one thread at a time. False when cancelled.
bool analysis_find_shared(Analysis *analysis, Cancel *cancel);

// --- The audit: what a careful reviewer would list before judging a file

typedef enum TaskKind {
  TASK_PROGRAM,  // the top level, and what it runs to completion
  TASK_OUTSIDE,  // callers that are not in view
  TASK_STARTED,  // started in view, as a task of its own
  TASK_GATHERED, // started as one of several that are waited for
  TASK_HANDLER,  // registered: one for every event
  TASK_CALLBACK, // handed out, to run later
  TASK_BESIDE,   // what a function calls while tasks that it started are alive
} TaskKind;

// "program", "outside", "started", "gathered", "handler", "callback", "beside"
const char *task_kind_name(TaskKind kind);

// A way for tasks to begin.
typedef struct TaskOrigin {
  TaskKind kind;
  const char *function; // that it begins with, or that calls it; "" where that is not one
  Span span;            // where it is started; empty where that is not in view
  bool many;            // several may be alive at once
} TaskOrigin;

typedef enum SuspensionCertainty {
  SUSPENDS_ALWAYS,  // the language says so
  SUSPENDS_MAYBE,   // what it waits for is in view, or known, and may give way
  SUSPENDS_ASSUMED, // nothing is known of what it waits for: taken to give way
  SUSPENDS_NEVER,   // what it waits for runs through: no task gets in
} SuspensionCertainty;

const char *suspension_certainty_name(SuspensionCertainty certainty); // "always", "maybe", "assumed", "never"

// A place where a task gives way to others, or looks as if it did.
typedef struct SuspensionPoint {
  Span span;
  SuspensionCertainty certainty;
  const char *function;
  Span function_span;        // of its name where it is defined
  const char *locks;         // held there: "`a`, `b`"; "" for none
  uint64_t tasks;            // in which it may run, as of an access
  const char *const *others; // functions that other tasks may run meanwhile, with no lock in common, and that get at
  uint32_t other_count;      // something shared; in order of their definition
} SuspensionPoint;

typedef enum WindowState {
  WINDOW_OPEN,    // another task may get in between
  WINDOW_GUARDED, // a lock, or a claim, is held from the first access to the second
  WINDOW_ALONE,   // no other task gets at the location meanwhile
} WindowState;

const char *window_state_name(WindowState state); // "open", "guarded", "alone"

// Two accesses with a suspension point in between, of which the second depends on the first.
typedef struct AuditWindow {
  uint32_t location; // index into the audit's locations
  uint32_t point;    // index of the suspension point; `point_count` where it is in a function called
  Span first, suspension, second;
  const char *function;
  WindowState state;
  const char *locks;      // held from the first access to the second; "" for none
  const uint32_t *rivals; // what gets in between: indexes into the location's accesses; at most 16
  uint32_t rival_count;
  uint32_t finding; // the one that tells of it; the number of findings where there is none
} AuditWindow;

typedef enum OutsideKind {
  OUTSIDE_PATH,    // of the file system
  OUTSIDE_ENTRY,   // of a store, under a key
  OUTSIDE_RECORD,  // of a database
  OUTSIDE_SESSION, // a connection, transaction or stream: serves one task at a time
} OutsideKind;

const char *outside_kind_name(OutsideKind kind); // "path", "entry", "record", "session"

// What tasks get at that is no variable of the program's own.
typedef struct OutsideThing {
  OutsideKind kind;
  const char *name;             // the path, the key, the table or the session, as the source writes it
  const char *of;               // the store of an entry; what tells which record; "" for none
  const SharedAccess *accesses; // in order of position
  uint32_t access_count;
} OutsideThing;

typedef enum UnknownKind {
  UNKNOWN_SYNTAX,   // does not parse, and is left out
  UNKNOWN_FUNCTION, // is too large or too deep: left out
  UNKNOWN_AWAITED,  // calls that are awaited, of which nothing is known: taken to give way and to change nothing here
  UNKNOWN_CALL,     // calls into other files of the project: taken to change nothing here
  UNKNOWN_CODE,     // a construct that is not followed
  UNKNOWN_ACCESSES, // a location has more accesses than are listed
} UnknownKind;

const char *unknown_kind_name(UnknownKind kind); // "syntax", "function", "awaited", "call", "code", "accesses"

// Something that was not understood.
typedef struct Unknown {
  UnknownKind kind;
  Span span; // the first place
  const char *name;
  uint32_t count; // how many places there are
} Unknown;

typedef struct Audit {
  const TaskOrigin *tasks;
  uint32_t task_count;
  const SharedLocation *locations; // all that tasks share and some task changes, guarded or not; by first access
  uint32_t location_count;
  const SharedLocation *locks; // locks, semaphores, events and queues, by their first use
  uint32_t lock_count;
  const SuspensionPoint *points; // in order of position
  uint32_t point_count;
  const AuditWindow *windows; // in order of their first access
  uint32_t window_count;
  const OutsideThing *outside; // by kind, then first access
  uint32_t outside_count;
  const Unknown *unknowns; // in order of kind, then position
  uint32_t unknown_count;
} Audit;

// Made at the first call. The findings go with it.
const Audit *analysis_audit(Analysis *analysis);
// Makes it, which like making fixes is for one thread at a time. False when cancelled.
bool analysis_make_audit(Analysis *analysis, Cancel *cancel);

typedef enum StressFramework {
  STRESS_PLAIN, // a program: Python's or Node's own
  STRESS_PYTEST,
  STRESS_NODE, // node:test
  STRESS_VITEST,
  STRESS_JEST,
} StressFramework;

const char *stress_framework_name(StressFramework framework); // "plain", "pytest"; NULL past the last

typedef struct StressOptions {
  const char *path; // of the analysed file, relative to the test's folder, with "/"
  StressFramework framework;
  uint32_t tasks, seed;
} StressOptions;

// A test that fails while a race is there.
typedef struct StressTest {
  const char *text;
  const char *const *gaps; // what it leaves to its reader, as sentences; such places are marked TODO(racewise)
  uint32_t gap_count;
} StressTest;

// Whether a test can be written for a finding: one of `lost-update`, `check-then-act` or `iterate-across-await`.
bool analysis_can_stress(const Finding *finding);
// Writes the stress test of a finding; NULL where none can be written. It lives as long as the analysis; making it is,
// as with fixes, for one thread at a time.
const StressTest *analysis_stress(Analysis *analysis, uint32_t finding, const StressOptions *options);

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
