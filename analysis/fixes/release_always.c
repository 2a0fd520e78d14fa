// `await lock.acquire()` … `lock.release()` becomes `async with lock:`, which releases on every way out.
#include "region.h"
#include "statement.h"

static const char *const LEAVING[] = {"return_statement", "raise_statement", "break_statement", "continue_statement",
                                      NULL};

typedef struct Release {
  const FixRun *run;
  const char *lock; // as the source writes it
  const char *call; // "lock.release()"
  TSNode acquire;   // the statement that takes it
  TSNode release;   // the last that releases it, in the same list
  Edits *edits;
  bool understood; // every release in between stands right before a way out
} Release;

static const char *text_of(const FixRun *run, TSNode node) {
  return source_copy(&run->source, run->arena, syntax_node_span(node));
}

// `await self._slots.acquire()` as a statement of its own.
static bool find_acquire(Release *release) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  const FixRun *run = release->run;
  release->acquire = syntax_node_enclosing(source_node(&run->source, run->report->candidate.first), STATEMENTS);
  TSNode await = syntax_node_child(release->acquire, 0);
  TSNode method = syntax_node_field(syntax_node_child(await, 0), "function");
  if (!syntax_node_is(await, "await") || !syntax_node_is(method, "attribute"))
    return false;
  release->lock = text_of(run, syntax_node_field(method, "object"));
  release->call = arena_printf(run->arena, "%s.release()", release->lock);
  const char *taking = arena_printf(run->arena, "await %s.acquire()", release->lock);
  return source_equals(&run->source, syntax_node_span(release->acquire), taking);
}

static bool is_release(const Release *release, TSNode node) {
  return syntax_node_is(node, "expression_statement") &&
         source_equals(&release->run->source, syntax_node_span(node), release->call);
}

static bool find_release(Release *release) {
  release->release = release->acquire;
  for (TSNode node = ts_node_next_named_sibling(release->acquire); !ts_node_is_null(node);
       node = ts_node_next_named_sibling(node))
    if (is_release(release, node))
      release->release = node;
  return !ts_node_eq(release->release, release->acquire);
}

// Releases before an early way out go too: the `async with` makes them.
static bool drop_inner(TSNode node, void *context) {
  Release *release = context;
  if (!is_release(release, node) || ts_node_end_byte(node) >= ts_node_end_byte(release->release) ||
      ts_node_start_byte(node) < ts_node_start_byte(release->acquire))
    return true;
  TSNode next = ts_node_next_named_sibling(node);
  if (syntax_node_is_one_of(next, LEAVING) && statement_stands_alone(&release->run->source, node))
    statement_remove(release->run, release->edits, node);
  else
    release->understood = false;
  return true;
}

static bool write(Release *release) {
  const FixRun *run = release->run;
  const Source *source = &run->source;
  uint32_t start = source_next_line(source, ts_node_end_byte(release->acquire));
  uint32_t end = source_line_start(source, ts_node_start_byte(release->release));
  Region region;
  if (start >= end || !region_of(run, run->report->candidate.origin, (Span){start, end}, &region) ||
      !ts_node_eq(region.list, ts_node_parent(release->acquire)))
    return false;
  region.span = (Span){start, end};
  region.first = ts_node_next_named_sibling(release->acquire);
  edits_replace(release->edits, syntax_node_span(release->acquire), "async with %s:", release->lock);
  statement_remove(release->run, release->edits, release->release);
  syntax_node_walk(ts_node_parent(release->acquire), drop_inner, release);
  region_indent(run, release->edits, &region, 1);
  return release->understood;
}

void release_always_fix(FixRun *run) {
  Edits edits = {.arena = run->arena};
  Release release = {.run = run, .edits = &edits, .understood = true};
  if (!find_acquire(&release) || !find_release(&release))
    return;
  if (!statement_stands_alone(&run->source, release.acquire) || !statement_stands_alone(&run->source, release.release))
    return;
  if (write(&release))
    fix_offer(run, &edits, false, "Take `%s` with `async with`", release.lock);
}
