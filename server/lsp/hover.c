// Hover and document highlights: what is known about the place under the cursor.
#include "handlers.h"
#include "known_place.h"
#include "waiting.h"
#include <stdlib.h>

static json_t *write_hover(const Session *session, const Document *document, const KnownPlace *place) {
  char *text = known_place_text(document, place, session->client.markdown_hover);
  if (!text)
    return NULL;
  Span span = place->shared ? place->shared->accesses[place->access].span : place->finding->span;
  json_t *hover = protocol_write_hover(&session->client, document, text, span);
  free(text);
  return hover;
}

static json_t *write_highlights(const Session *session, const Document *document, const KnownPlace *place) {
  if (!place->shared)
    return NULL;
  json_t *highlights = json_array();
  for (uint32_t i = 0; i < place->shared->access_count; i++) {
    const SharedAccess *access = &place->shared->accesses[i];
    json_array_append_new(highlights,
                          protocol_write_highlight(&session->client, document, access->span, access->writes));
  }
  return highlights;
}

typedef json_t *Writer(const Session *session, const Document *document, const KnownPlace *place);

static bool answer(Session *session, Document *document, json_t *params, RpcRequest *request, Writer *write) {
  PositionParams at;
  json_error_t error;
  KnownPlace place = {0};
  bool is_known = document && document->language != LANGUAGE_NONE && protocol_read_position(params, &at, &error);
  if (is_known && !known_place(session, document, at.position, &place))
    return false;
  rpc_succeed(request, is_known ? write(session, document, &place) : NULL);
  return true;
}

static bool answer_hover(Session *session, Document *document, json_t *params, RpcRequest *request) {
  return answer(session, document, params, request, write_hover);
}

static bool answer_highlight(Session *session, Document *document, json_t *params, RpcRequest *request) {
  return answer(session, document, params, request, write_highlights);
}

static void handle_position(Session *session, const char *method, json_t *params, RpcRequest *request, Answer *answer) {
  PositionParams at;
  json_error_t error;
  if (protocol_read_position(params, &at, &error))
    waiting_answer(session, documents_find(&session->documents, at.uri), answer, params, request);
  else
    refuse_params(session, request, method, &error);
}

void handle_hover(Session *session, json_t *params, RpcRequest *request) {
  handle_position(session, "textDocument/hover", params, request, answer_hover);
}

void handle_highlight(Session *session, json_t *params, RpcRequest *request) {
  handle_position(session, "textDocument/documentHighlight", params, request, answer_highlight);
}
