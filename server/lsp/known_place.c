#include "known_place.h"

static const Finding *finding_at(const Analysis *analysis, uint32_t offset) {
  const Finding *found = NULL;
  for (uint32_t i = 0; i < analysis_finding_count(analysis); i++) {
    const Finding *finding = analysis_finding(analysis, i);
    bool holds = finding->span.start <= offset && offset <= finding->span.end;
    if (holds && (!found || finding->span.end - finding->span.start < found->span.end - found->span.start))
      found = finding;
  }
  return found;
}

bool known_place(Session *session, Document *document, TextPosition position, KnownPlace *place) {
  SharedList shared;
  if (!document_is_analysed(document) || !extras_shared(session->extras, document, &shared))
    return false;
  uint32_t offset = text_offset(document->text, position, session->client.encoding);
  place->finding = finding_at(document->analysis, offset);
  place->shared = shared_at(shared.items, shared.count, offset, &place->access);
  return true;
}

char *known_place_text(const Document *document, const KnownPlace *place, bool markdown) {
  if (!place->finding && !place->shared)
    return NULL;
  char *text;
  size_t size;
  Explanation explanation = {open_memstream(&text, &size), document->text, markdown};
  if (!explanation.out)
    return NULL;
  if (place->finding)
    explain_finding(&explanation, place->finding);
  if (place->finding && place->shared)
    explain_break(&explanation);
  if (place->shared)
    explain_shared(&explanation, place->shared, place->access);
  fclose(explanation.out);
  return text;
}
