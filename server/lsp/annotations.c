// Inlay hints and code lenses: what is written between the lines of those who turned it on.
#include "base/array.h"
#include "handlers.h"
#include "waiting.h"
#include <stdlib.h>
#include <string.h>

static const Settings *settings_of(const Session *session, const char *uri) {
  const Document *document = documents_find(&session->documents, uri);
  return workspace_settings(&session->workspace, document ? document->path : NULL);
}

// --- Inlay hints ---------------------------------------------------------------------------------------------------

// A suspension in the middle of what should be done at once.
typedef struct Window {
  uint32_t end; // of the suspension
  const Finding *finding;
} Window;

// The first suspension that a finding is about.
static bool window_of(const Finding *finding, Window *window) {
  for (uint32_t i = 0; i < finding->related_count && *finding->variable; i++) {
    if (finding->related[i].role != PLACE_SUSPENSION)
      continue;
    *window = (Window){finding->related[i].span.end, finding};
    return true;
  }
  return false;
}

// Whether an earlier finding says the same at the same place.
static bool is_said(const Analysis *analysis, uint32_t count, const Window *window) {
  for (uint32_t i = 0; i < count; i++) {
    Window other;
    if (window_of(analysis_finding(analysis, i), &other) && other.end == window->end &&
        strcmp(other.finding->variable, window->finding->variable) == 0)
      return true;
  }
  return false;
}

static json_t *write_hints(const Session *session, const Document *document, Span wanted) {
  json_t *hints = json_array();
  for (uint32_t i = 0; i < analysis_finding_count(document->analysis); i++) {
    Window window;
    if (!window_of(analysis_finding(document->analysis, i), &window) || window.end < wanted.start ||
        window.end > wanted.end || is_said(document->analysis, i, &window))
      continue;
    json_array_append_new(hints, protocol_write_hint(&session->client, document, window.end, window.finding));
  }
  return hints;
}

static bool answer_hints(Session *session, Document *document, json_t *params, RpcRequest *request) {
  RangeParams asked;
  json_error_t error;
  bool is_known = document && document->language != LANGUAGE_NONE && protocol_read_range(params, &asked, &error);
  if (is_known && !document_is_analysed(document))
    return false;
  TextEncoding encoding = session->client.encoding;
  rpc_succeed(request, is_known ? write_hints(session, document,
                                              (Span){text_offset(document->text, asked.range.start, encoding),
                                                     text_offset(document->text, asked.range.end, encoding)})
                                : NULL);
  return true;
}

void handle_inlay_hints(Session *session, json_t *params, RpcRequest *request) {
  RangeParams asked;
  json_error_t error;
  if (!protocol_read_range(params, &asked, &error))
    refuse_params(session, request, "textDocument/inlayHint", &error);
  else if (!settings_of(session, asked.uri)->inlay_hints)
    rpc_succeed(request, NULL);
  else
    waiting_answer(session, documents_find(&session->documents, asked.uri), answer_hints, params, request);
}

// --- Code lenses ---------------------------------------------------------------------------------------------------

enum { MOST_NAMES = 3, TITLE_SIZE = 512 };

static void add_location_lens(const Session *session, const Document *document, const SharedLocation *location,
                              json_t *lenses) {
  uint32_t reads = 0, writes = 0;
  for (uint32_t i = 0; i < location->access_count; i++)
    *(location->accesses[i].writes ? &writes : &reads) += 1;
  char title[TITLE_SIZE];
  snprintf(title, sizeof title, "%s is shared between tasks: %u %s, %u %s", location->name, reads,
           reads == 1 ? "read" : "reads", writes, writes == 1 ? "write" : "writes");
  json_array_append_new(lenses, protocol_write_lens(&session->client, document, location->definition, title,
                                                    location->accesses[0].span.start));
}

// An access that others may get in before or after, with its location.
typedef struct Exposed {
  const SharedLocation *location;
  const SharedAccess *access;
} Exposed;

static int by_function(const void *a, const void *b) {
  const SharedAccess *left = ((const Exposed *)a)->access, *right = ((const Exposed *)b)->access;
  if (left->function_span.start != right->function_span.start)
    return left->function_span.start < right->function_span.start ? -1 : 1;
  return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

// All exposed accesses, those of one function together.
static Exposed *exposed_accesses(Arena *arena, const SharedList *shared, uint32_t *count) {
  ARRAY(Exposed) exposed = {0};
  for (uint32_t i = 0; i < shared->count; i++)
    for (uint32_t k = 0; k < shared->items[i].access_count; k++)
      if (shared->items[i].accesses[k].rival_count > 0)
        array_push(arena, &exposed, ((Exposed){&shared->items[i], &shared->items[i].accesses[k]}));
  if (exposed.count > 0)
    qsort(exposed.items, exposed.count, sizeof *exposed.items, by_function);
  *count = exposed.count;
  return exposed.items;
}

// The functions that may run while one waits.
typedef struct Company {
  const char *names[MOST_NAMES];
  uint32_t count;
  bool has_more;
} Company;

static void add_name(Company *company, const char *name) {
  for (uint32_t i = 0; i < company->count; i++)
    if (strcmp(company->names[i], name) == 0)
      return;
  if (company->count == MOST_NAMES)
    company->has_more = true;
  else
    company->names[company->count++] = name;
}

static void add_function_lens(const Session *session, const Document *document, const Exposed *exposed, uint32_t count,
                              json_t *lenses) {
  Company company = {0};
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < exposed[i].access->rival_count; k++)
      add_name(&company, exposed[i].location->accesses[exposed[i].access->rivals[k]].function);
  char title[TITLE_SIZE] = "while this waits, other tasks may run ";
  for (uint32_t i = 0; i < company.count; i++) {
    size_t length = strlen(title);
    snprintf(title + length, sizeof title - length, "%s%s", i ? ", " : "", company.names[i]);
  }
  size_t length = strlen(title);
  if (company.has_more)
    snprintf(title + length, sizeof title - length, " and more");
  json_array_append_new(lenses, protocol_write_lens(&session->client, document, exposed->access->function_span, title,
                                                    exposed->access->span.start));
}

static json_t *write_lenses(const Session *session, const Document *document, const SharedList *shared) {
  Arena *arena = arena_new();
  json_t *lenses = json_array();
  uint32_t count, end;
  const Exposed *exposed = exposed_accesses(arena, shared, &count);
  for (uint32_t i = 0; i < shared->count; i++)
    add_location_lens(session, document, &shared->items[i], lenses);
  for (uint32_t i = 0; i < count; i = end) {
    for (end = i + 1; end < count; end++)
      if (exposed[end].access->function_span.start != exposed[i].access->function_span.start)
        break;
    add_function_lens(session, document, exposed + i, end - i, lenses);
  }
  arena_free(arena);
  return lenses;
}

static bool answer_lenses(Session *session, Document *document, json_t *params, RpcRequest *request) {
  (void)params;
  SharedList shared;
  bool is_known = document && document->language != LANGUAGE_NONE;
  if (is_known && (!document_is_analysed(document) || !extras_shared(session->extras, document, &shared)))
    return false;
  rpc_succeed(request, is_known ? write_lenses(session, document, &shared) : NULL);
  return true;
}

void handle_code_lenses(Session *session, json_t *params, RpcRequest *request) {
  const char *uri;
  json_error_t error;
  if (!protocol_read_document_uri(params, &uri, &error))
    refuse_params(session, request, "textDocument/codeLens", &error);
  else if (!settings_of(session, uri)->code_lens)
    rpc_succeed(request, NULL);
  else
    waiting_answer(session, documents_find(&session->documents, uri), answer_lenses, params, request);
}
