#include "drawing.h"

#include "../cli/display.h"
#include <string.h>

// In the drawing's units; a character of its font is 7.83 wide.
enum {
  TOP = 36,
  LANE_A = 60,
  LANE_B = 490,
  BOX_WIDTH = 410,
  PADDING = 8,
  LINE_HEIGHT = 18,
  GAP = 14,
  COLUMNS = 48,
};

// A step that has been placed.
typedef struct Placed {
  uint32_t task, top, bottom;
} Placed;

static uint32_t lane_of(uint32_t task) {
  return task ? LANE_B : LANE_A;
}

// Breaks the text; returns how many lines there are.
static uint32_t add_lines(Rows *lines, const Step *step, uint32_t top, Arena *arena) {
  uint32_t count = 0;
  for (const char *text = step->text; *text;) {
    size_t length = display_break(text, COLUMNS);
    Values line = {.arena = arena};
    values_number(&line, "x", lane_of(step->task) + PADDING);
    values_number(&line, "y", top + PADDING + 12 + count * LINE_HEIGHT);
    values_text(&line, "text", arena_copy(arena, text, length));
    rows_add(lines, &line);
    text += length;
    text += strspn(text, " ");
    count++;
  }
  return count;
}

static Placed add_step(Rows *steps, const AuditSubject *subject, const Step *step, uint32_t top, Arena *arena) {
  Rows lines = {0};
  uint32_t count = add_lines(&lines, step, top, arena);
  uint32_t box = PADDING * 2 + (count ? count : 1) * LINE_HEIGHT - 2;
  Values row = {.arena = arena};
  values_text(&row, "lane", step->task ? "b" : "a");
  values_text(&row, "line", step->span.end ? arena_printf(arena, "%u", audit_line(subject, step->span)) : "");
  values_number(&row, "x", lane_of(step->task));
  values_number(&row, "y", top);
  values_number(&row, "first", top + PADDING + 12);
  values_number(&row, "box", box);
  values_rows(&row, "lines", &lines);
  rows_add(steps, &row);
  return (Placed){step->task, top, top + box};
}

// Where the other task goes on.
static void add_turn(Rows *turns, const Placed *from, const Placed *to, Arena *arena) {
  Values turn = {.arena = arena};
  values_number(&turn, "x1", lane_of(from->task) + BOX_WIDTH / 2);
  values_number(&turn, "y1", from->bottom);
  values_number(&turn, "x2", lane_of(to->task) + BOX_WIDTH / 2);
  values_number(&turn, "y2", to->top);
  rows_add(turns, &turn);
}

Rows drawing_rows(const AuditSubject *subject, const Finding *finding, Arena *arena) {
  Rows drawing = {0}, steps = {0}, turns = {0};
  Placed last = {0, 0, TOP - GAP};
  for (uint32_t i = 0; i < finding->step_count; i++) {
    Placed placed = add_step(&steps, subject, &finding->steps[i], last.bottom + GAP, arena);
    if (i > 0 && placed.task != last.task)
      add_turn(&turns, &last, &placed, arena);
    last = placed;
  }
  Values row = {.arena = arena};
  values_number(&row, "height", last.bottom + GAP);
  values_rows(&row, "steps", &steps);
  values_rows(&row, "turns", &turns);
  if (steps.count)
    rows_add(&drawing, &row);
  return drawing;
}
