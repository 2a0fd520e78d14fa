#include "interleaving.h"

#include "display.h"
#include <string.h>

enum { NARROWEST = 8, WIDEST = 40, BETWEEN = 3 };

// Column A is as wide as what stands in it, so that column B starts at one place.
static uint32_t width_of(const Finding *finding) {
  uint32_t widest = NARROWEST;
  for (uint32_t i = 0; i < finding->step_count; i++) {
    const char *text = finding->steps[i].text;
    uint32_t width = finding->steps[i].task ? 0 : display_end(text, strlen(text), 0);
    widest = width > widest ? width : widest;
  }
  return widest > WIDEST ? WIDEST : widest;
}

static void print_number(const Excerpt *excerpt, const Report *report, const Step *step, bool first) {
  char number[16] = "";
  if (first && step->span.end > step->span.start)
    snprintf(number, sizeof number, "%u", text_position(report->text, step->span.start, TEXT_UTF8).line + 1);
  excerpt_margin(excerpt);
  style_print(excerpt->out, excerpt->colour, STYLE_GUTTER, "   %*s  ", (int)excerpt->gutter, number);
}

static void print_step(const Excerpt *excerpt, const Report *report, const Step *step, uint32_t width) {
  const char *rest = step->text;
  for (bool first = true; first || *rest; first = false) {
    size_t length = display_break(rest, step->task ? WIDEST : width);
    print_number(excerpt, report, step, first);
    fprintf(excerpt->out, "%*s", step->task ? (int)width + BETWEEN : 0, "");
    display_print(excerpt->out, rest, length, DISPLAY_ALL);
    fputc('\n', excerpt->out);
    rest += length;
    rest += strspn(rest, " ");
  }
}

void interleaving_print(const Excerpt *excerpt, const Report *report) {
  const Finding *finding = report->finding;
  if (!finding->step_count)
    return;
  uint32_t width = width_of(finding);
  excerpt_margin(excerpt);
  fprintf(excerpt->out, "   %*s  ", (int)excerpt->gutter, "");
  style_print(excerpt->out, excerpt->colour, STYLE_STRONG, "%-*s%s", (int)width + BETWEEN, "task A", "task B");
  fputc('\n', excerpt->out);
  for (uint32_t i = 0; i < finding->step_count; i++)
    print_step(excerpt, report, &finding->steps[i], width);
}
