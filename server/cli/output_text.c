// The formats for people: "text" with the source, "concise" with a line per finding.
#include "output.h"

#include "../../analysis/base/arena.h"
#include "display.h"
#include "interleaving.h"
#include <stdlib.h>

static Style style_of(Severity severity) {
  return severity == SEVERITY_ERROR ? STYLE_ERROR : severity == SEVERITY_WARNING ? STYLE_WARNING : STYLE_INFO;
}

// "path:line:column: severity[rule] message"
static void print_heading(Output *output, const Report *report) {
  const Finding *finding = report->finding;
  TextPosition at = text_position(report->text, finding->span.start, TEXT_UTF32);
  style_begin(output->stream, output->colour, STYLE_STRONG);
  display_string(output->stream, report->path);
  style_end(output->stream, output->colour, STYLE_STRONG);
  fprintf(output->stream, ":%u:%u: ", at.line + 1, at.column + 1);
  style_print(output->stream, output->colour, style_of(finding->severity), "%s[%s]", severity_name(finding->severity),
              finding->rule);
  fputc(' ', output->stream);
  display_string(output->stream, finding->message);
}

// The word before a fix's title, or before the reason why it is none.
static const char *kind_of(const Fix *fix) {
  return fix->disabled ? "no fix" : fix->safe ? "fix" : "unsafe fix";
}

void concise_finding(Output *output, const Report *report) {
  print_heading(output, report);
  const Fix *fix = report->fixes;
  if (report->fix_count && !fix->disabled) {
    fprintf(output->stream, " [%s: ", kind_of(fix));
    display_string(output->stream, fix->title);
    fputc(']', output->stream);
  }
  fputc('\n', output->stream);
}

static Mark primary_mark(const Finding *finding) {
  return (Mark){finding->span, '^', style_of(finding->severity), ""};
}

// The primary place, then the related ones; a related place that is the primary one lends it its label.
static size_t collect_marks(const Finding *finding, Mark *marks) {
  size_t count = 1;
  marks[0] = primary_mark(finding);
  for (uint32_t i = 0; i < finding->related_count; i++) {
    const Place *place = &finding->related[i];
    bool primary = place->span.start == finding->span.start && place->span.end == finding->span.end;
    if (primary && !*marks[0].label)
      marks[0].label = place->message;
    else
      marks[count++] = (Mark){place->span, '-', STYLE_PLACE, place->message};
  }
  return count;
}

static void print_note(const Excerpt *excerpt, const char *word, const char *text) {
  style_print(excerpt->out, excerpt->colour, STYLE_GUTTER, "%*s =", (int)excerpt->gutter + 1, "");
  style_print(excerpt->out, excerpt->colour, STYLE_STRONG, " %s: ", word);
  display_string(excerpt->out, text);
  fputc('\n', excerpt->out);
}

static void print_fixes(const Excerpt *excerpt, const Report *report) {
  for (uint32_t i = 0; i < report->fix_count; i++) {
    const Fix *fix = &report->fixes[i];
    print_note(excerpt, kind_of(fix), fix->disabled ? fix->disabled : fix->title);
  }
}

void text_finding(Output *output, const Report *report) {
  const Finding *finding = report->finding;
  Mark *marks = memory_alloc((finding->related_count + 1) * sizeof *marks);
  size_t count = collect_marks(finding, marks);
  Excerpt excerpt = {output->stream, output->colour, excerpt_gutter(report->text, marks, count)};
  print_heading(output, report);
  fputc('\n', output->stream);
  excerpt_margin(&excerpt);
  fputc('\n', output->stream);
  excerpt_print(&excerpt, report->text, marks, count);
  excerpt_margin(&excerpt);
  fputc('\n', output->stream);
  interleaving_print(&excerpt, report);
  print_note(&excerpt, "confidence", confidence_name(finding->confidence));
  print_fixes(&excerpt, report);
  fputc('\n', output->stream);
  free(marks);
}

static const char *plural(uint32_t count) {
  return count == 1 ? "" : "s";
}

// What the run has changed, as the beginning of the sentence.
static bool print_changes(FILE *out, const Tally *tally) {
  if (tally->fixed)
    fprintf(out, "Applied %u fix%s; ", tally->fixed, tally->fixed == 1 ? "" : "es");
  if (tally->ignored)
    fprintf(out, "Hid %u finding%s by comments; ", tally->ignored, plural(tally->ignored));
  return tally->fixed || tally->ignored;
}

static void print_left_out(FILE *out, const Tally *tally) {
  if (tally->quiet)
    fprintf(out, " (%u hold%s nothing asynchronous)", tally->quiet, tally->quiet == 1 ? "s" : "");
  if (tally->skipped)
    fprintf(out, "; %u minified or generated left out", tally->skipped);
  if (tally->known)
    fprintf(out, "; %u more %s in the baseline", tally->known, tally->known == 1 ? "is" : "are");
  if (tally->unread)
    fprintf(out, "; %u could not be read", tally->unread);
}

void text_end(Output *output) {
  const Tally *tally = &output->tally;
  FILE *out = output->stream;
  if (output->quiet)
    return;
  uint32_t checked = tally->files - tally->unread - tally->skipped;
  bool changed = print_changes(out, tally);
  if (tally->findings)
    fprintf(out, "%u finding%s in %u of %u file%s", tally->findings, plural(tally->findings), tally->racy, checked,
            plural(checked));
  else
    fprintf(out, changed ? "no findings left in %u file%s" : "No findings in %u file%s", checked, plural(checked));
  print_left_out(out, tally);
  fputs(".\n", out);
}

void fixes_end(Output *output) {
  const Tally *tally = &output->tally;
  if (!output->quiet)
    fprintf(output->stream, "Applied %u fix%s in %u file%s.\n", tally->fixed, tally->fixed == 1 ? "" : "es",
            tally->changed, plural(tally->changed));
}
