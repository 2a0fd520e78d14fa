// A finding as JSON, the form that tools read.
//
// {"rule", "severity", "confidence", "message", "path", "range", "function", "variable",
//  "related": [{"role", "message", "path", "range"}],
//  "steps": [{"task": "A"|"B", "text", "range"?}],
//  "fixes": [{"id", "title", "preferred", "safe", "disabled"?, "edits": [{"path", "range", "text"}]}]}
//
// A range is {"start": {"line", "column"}, "end": {"line", "column"}}: both count from 1, columns in code points, the
// end is exclusive. Strings that are not UTF-8 (a path can be anything) have U+FFFD in the place of each wrong byte.
#ifndef RACEWISE_CLI_FINDING_JSON_H
#define RACEWISE_CLI_FINDING_JSON_H

#include "output.h"
#include <jansson.h>

// A new reference.
json_t *finding_to_json(const Report *report);

#endif
