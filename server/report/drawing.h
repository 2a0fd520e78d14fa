// The interleaving of a finding as a drawing: two lanes, one for each task, steps downwards. Internal to this folder.
#ifndef RACEWISE_SERVER_REPORT_DRAWING_H
#define RACEWISE_SERVER_REPORT_DRAWING_H

#include "../audit/words.h"
#include "values.h"

// What the template's {{#drawing}} shows; no row where the finding tells no steps. Texts are broken into lines here,
// because a drawing cannot.
Rows drawing_rows(const AuditSubject *subject, const Finding *finding, Arena *arena);

#endif
