// Records that a function fetches, changes by what it read in them, and saves.
#ifndef RACEWISE_RULES_RECORDS_H
#define RACEWISE_RULES_RECORDS_H

#include "code.h"

typedef struct RecordUpdate {
  uint32_t fetch, change, save; // the await that gives the record, the assignment, the call that saves it
  const char *name;             // "account.balance"
} RecordUpdate;

typedef struct RecordUpdates {
  ARRAY(RecordUpdate) all;
} RecordUpdates;

// One for each assignment that has a save behind it. Records that are fetched for update are none.
RecordUpdates records_of(RuleRun *run, FunctionId function);

#endif
