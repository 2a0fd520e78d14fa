#include "verbs.h"

#include "../lsp/lsp.h"
#include "../mcp/mcp.h"
#include "cli.h"
#include <string.h>

static const Verb VERBS[] = {
    {&CHECK_TABLE, check_main},   {&AUDIT_TABLE, audit_main},     {&REPORT_TABLE, report_main},
    {&PROMPT_TABLE, prompt_main}, {&EXPLAIN_TABLE, explain_main}, {&STRESS_TABLE, stress_main},
    {&LSP_TABLE, lsp_main},       {&MCP_TABLE, mcp_main},         {&RULES_TABLE, rules_main},
    {&DOCTOR_TABLE, doctor_main}, {&CACHE_TABLE, cache_main},     {&COMPLETIONS_TABLE, completions_main},
    {&MAN_TABLE, man_main},       {&DEBUG_TABLE, debug_main},
};
enum { VERB_COUNT = sizeof VERBS / sizeof *VERBS };

const Verb *verb_at(int index) {
  return index < VERB_COUNT ? &VERBS[index] : NULL;
}

const char *verb_name(int index) {
  return index < VERB_COUNT ? VERBS[index].table->verb : NULL;
}

const Verb *verb_find(const char *name) {
  for (int i = 0; i < VERB_COUNT; i++)
    if (!strcmp(name, VERBS[i].table->verb))
      return &VERBS[i];
  return NULL;
}

void verbs_help(FILE *out) {
  fputs("Usage: racewise VERB [ARGUMENT…]\n"
        "\n"
        "Finds race conditions in asynchronous Python, JavaScript and TypeScript.\n"
        "\n",
        out);
  for (int i = 0; i < VERB_COUNT; i++)
    fprintf(out, "  %-11s  %s\n", VERBS[i].table->verb, VERBS[i].table->summary);
  fputs("\n`racewise VERB --help` tells more; `racewise --version` tells which Racewise this is.\n", out);
}
