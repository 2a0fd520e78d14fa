// Rules: what is reported, and how it is told.
//
// A rule is a row of rules.def (its name, how serious it is, one line about it) and a value: its documentation, and a
// function that looks at the solved file and reports. Rules see summaries and contexts, never syntax or a language.
#ifndef RACEWISE_RULES_RULE_H
#define RACEWISE_RULES_RULE_H

#include "../analysis.h"
#include "../base/suppression.h"
#include "../summary/contexts.h"

typedef struct RuleRun RuleRun;

typedef struct Rule {
  const char *documentation; // Markdown, with the headings of CONTRIBUTING.md
  void (*check)(RuleRun *run);
  bool about_suppressions; // looks at what the others reported and comments suppressed: runs after them
} Rule;

// A finding with what the fixes need to know of it.
typedef struct Report {
  Finding finding;
  Candidate candidate; // kind and location; the finding's own where a rule has no candidate
  FunctionId function; // whose code it is
  bool covers;         // explains every race of its region: later rules are not told about it
} Report;

// What rules go by besides the solved file.
typedef struct RuleInput {
  const Text *text;
  AnalysisOptions options;
  Suppressions suppressions;
} RuleInput;

struct RuleRun {
  FlowFile *file;
  const CallGraph *graph;
  const Contexts *contexts;
  const Text *text;
  bool preview;
  const RuleInfo *rule;        // the one that is checking
  struct CodeIndex *code;      // code.h; made when first asked for
  const RuleSetting *settings; // by rule
  Suppressions suppressions;
  struct SuppressionUse *suppression_uses; // suppressions.h; by suppression
  ARRAY(Report) reports;
  ARRAY(uint32_t) first_access; // by location of one step: into `accesses`, 0 for none
  ARRAY(const Access *) accesses;
  ARRAY(uint32_t) next_access;
};

// The table, in the order of the documentation.
extern const RuleInfo RULE_INFOS[];
extern const Rule *const RULES[];
extern const uint32_t RULE_COUNT;

// Runs the rules, leaves out what is suppressed or not asked for, and orders their reports. Rules that are not asked
// for run all the same, unless they are in preview: which of two rules tells of a race does not depend on what is
// shown. The result lives in the arena of `file`.
RuleRun *rules_run(FlowFile *file, const CallGraph *graph, const Contexts *contexts, const RuleInput *input);

// The index of a rule in the table; RULE_COUNT where none is so called.
uint32_t rule_index_of(const char *name);

// --- for rules

// The conflicting access of another task.
typedef struct Conflict {
  const Access *access; // NULL when there is none
  RootEvidence evidence;
  Span spawn; // where that task is started; empty when not in view
} Conflict;

// The best evidence that another task may, between the candidate's accesses, do something to its location that `flags`
// (any of these AccessFlags) describe, with no lock or claim in common. Accesses with any of `without` do not count.
Conflict rule_conflict(const RuleRun *run, const Candidate *candidate, uint32_t flags, uint32_t without);

// The same with other locks and claims than the candidate's own.
Conflict rule_conflict_under(const RuleRun *run, const Candidate *candidate, const LockSet *guards, uint32_t flags,
                             uint32_t without);

// Calls `visit` for every such access, whatever its evidence.
void rule_each_conflict(RuleRun *run, const Candidate *candidate, uint32_t flags,
                        void (*visit)(RuleRun *run, const Candidate *candidate, const Conflict *conflict));

// Whether a lock, taken by the function or by all its callers, is held from the first access to the second.
bool rule_is_locked(const RuleRun *run, const Candidate *candidate);
// The locks and claims held so.
LockSet rule_guards(const RuleRun *run, const Candidate *candidate);

// Calls `visit` for every candidate of the file, of functions that some task runs.
void rule_each_candidate(RuleRun *run, CandidateKind kind, void (*visit)(RuleRun *run, const Candidate *candidate));

// A new report: places are added with rule_place, steps with rule_step; both copy nothing.
Report *rule_report(RuleRun *run, const Candidate *candidate, RootEvidence evidence, Span span, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void rule_place(RuleRun *run, Report *report, PlaceRole role, Span span, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void rule_step(RuleRun *run, Report *report, unsigned task, Span span, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

// Whether tasks may share a location: not what only a caller passed.
bool rule_location_is_shared(const RuleRun *run, Location location);
// By what evidence another task may do an access between those of a candidate, with no lock or claim in common.
RootEvidence rule_meets(const RuleRun *run, const Candidate *candidate, const Access *access);
// By what evidence two accesses are of tasks that are alive together and share what they get at, locks or no locks.
RootEvidence rule_coexists(const RuleRun *run, const Access *access, const Access *other);
// The locks and claims held at an access, those of all its callers included.
LockSet rule_locks_at(const RuleRun *run, const Access *access);

// The same while an instruction suspends.
LockSet rule_locks_while(const RuleRun *run, FunctionId function, uint32_t instruction);

// Texts for messages; owned by the arena.
const char *rule_location(const RuleRun *run, Location location); // "self.items"
const char *rule_locks(const RuleRun *run, LockSet locks); // "`self._lock`, `guard`", without claims; "" for none
const char *rule_function(const RuleRun *run, FunctionId function); // "Cart.add"; "the top level"
unsigned rule_line(const RuleRun *run, Span span);                  // one-based

#endif
