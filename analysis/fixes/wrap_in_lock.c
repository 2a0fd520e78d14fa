// The accesses and the suspension between them under one lock: the one that guards the location already, or one made
// where the location is shared.
#include "python_lock.h"
#include <string.h>

static const char *const WITHS[] = {"with_statement", NULL};
static const char *const ITEMS[] = {"with_item", NULL};

// Where the region lies in an `async with` of another lock, that one is replaced.
static bool replace_other(const FixRun *run, Edits *edits, const LockSite *site, const char *lock) {
  const char *other = lock_expression(run, site->function, site->other);
  TSNode with = syntax_node_enclosing(site->region.list, WITHS);
  if (!other || ts_node_is_null(with))
    return false;
  for (uint32_t i = 0; i < ts_node_named_child_count(ts_node_named_child(with, 0)); i++) {
    TSNode item = ts_node_named_child(ts_node_named_child(with, 0), i);
    if (!syntax_node_is_one_of(item, ITEMS) || !source_equals(&run->source, syntax_node_span(item), other))
      continue;
    edits_replace(edits, syntax_node_span(item), "%s", lock);
    return true;
  }
  return false;
}

static const char *write_sites(LockSites *sites, const PythonPlace *new, Edits *edits) {
  for (uint32_t i = 0; i < sites->items.count; i++) {
    const LockSite *site = &sites->items.items[i];
    const char *lock = sites->guard ? lock_expression(sites->run, site->function, sites->guard)
                                    : python_place_reach(sites->run, new, site->function);
    if (!lock)
      return arena_printf(sites->run->arena, "`%s` cannot reach the lock",
                          rule_function(sites->run->rules, site->function));
    if (site->other && sites->guard) {
      if (!replace_other(sites->run, edits, site, lock))
        return "another lock is held there already";
    } else {
      python_lock_wrap(sites->run, edits, &site->region, lock);
    }
  }
  return NULL;
}

static const char *title_of(const LockSites *sites) {
  if (sites->guard)
    return arena_printf(sites->run->arena, "Take `%s`", rule_location(sites->run->rules, sites->guard));
  return arena_printf(sites->run->arena, "Wrap in %s.Lock", python_lock_library(sites->run));
}

static const char *offer(LockSites *sites) {
  FixRun *run = sites->run;
  Edits edits = {.arena = run->arena};
  PythonPlace new = {0};
  if (!sites->guard && !python_lock_plan(run, run->report->candidate.location, &new))
    return "there is no place here that all tasks share to keep a lock in";
  if (!sites->guard)
    python_lock_make(run, &edits, &new);
  const char *reason = write_sites(sites, &new, &edits);
  if (reason)
    return reason;
  if (fix_offer(run, &edits, false, "%s", lock_sites_title(sites, title_of(sites))))
    return NULL;
  return arena_printf(run->arena, "it would %s", run->objection);
}

void wrap_in_lock_fix(FixRun *run) {
  LockSites sites = {.run = run, .widen = python_lock_widen, .guard = lock_guard(run)};
  lock_sites_try(&sites, title_of(&sites), offer);
}
