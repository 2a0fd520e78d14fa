// A suppression without a reason: what it hides is mended instead, or the reason gets a place.
#include "ignore_comment.h"

// Where something of the text without the span stands in the whole text.
static uint32_t back(Span removed, uint32_t at) {
  return at < removed.start ? at : at + (removed.end - removed.start);
}

void fix_instead_fix(FixRun *run) {
  const Suppression *suppression = ignore_comment_of(run);
  Span removed;
  if (!suppression || !ignore_comment_hides(run, suppression) || !ignore_comment_span(run, suppression, &removed))
    return;
  const Fix *behind = run->trial.fix_without(run->trial.context, removed);
  if (!behind)
    return;
  Edits edits = {.arena = run->arena};
  bool gone = false;
  for (uint32_t i = 0; i < behind->edit_count; i++) {
    const TextEdit *edit = &behind->edits[i];
    bool replaces = edit->span.start < edit->span.end;
    uint32_t end = edit->span.end < removed.start + replaces ? edit->span.end : back(removed, edit->span.end);
    Span span = {back(removed, edit->span.start), end};
    if (span.start > removed.start && !gone)
      edits_delete(&edits, removed);
    gone |= span.end > removed.start;
    edits_replace(&edits, span, "%s", edit->bytes);
  }
  if (!gone)
    edits_delete(&edits, removed);
  fix_offer(run, &edits, false, "Mend what it hides: %s", behind->title);
}

void justify_ignore_fix(FixRun *run) {
  const Suppression *suppression = ignore_comment_of(run);
  if (!suppression)
    return;
  const Source *source = &run->source;
  uint32_t at = suppression->span.end, end = source_line_end(source, at);
  Edits edits = {.arena = run->arena};
  while (at < end && (source->bytes[at] == ' ' || source->bytes[at] == '-'))
    at++;
  bool told = at > suppression->span.end && at < end && source->bytes[at] != '#' && source->bytes[at] != '/' &&
              source->bytes[at] != '*';
  edits_replace(&edits, (Span){suppression->span.end, told ? at : suppression->span.end}, "%s",
                told ? " -- " : " -- TODO: tell why this is right");
  fix_offer(run, &edits, false, told ? "Put `--` before the reason" : "Add a place for the reason");
}
