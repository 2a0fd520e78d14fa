// Texts with places to fill in: a part of Mustache (https://mustache.github.io/mustache.5.html).
//
//     {{name}}                    the value; escaped where the text is HTML
//     {{{name}}}                  the value as it is
//     {{#name}} … {{/name}}       once for each row of the value; once for a text that is not empty
//     {{^name}} … {{/name}}       where there is no row, or the text is empty
//     {{> name}}                  another template
//
// Names are looked up in the innermost row first. A tag that opens or closes a part, or names a template, and stands
// alone on its line takes the line with it. A name that does not exist is an error, so that a slip is not an empty
// text.
#ifndef RACEWISE_SERVER_TEMPLATE_H
#define RACEWISE_SERVER_TEMPLATE_H

#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct TemplateValue TemplateValue;

typedef struct TemplateRow {
  const TemplateValue *values;
  uint32_t count;
} TemplateRow;

struct TemplateValue {
  const char *name;
  const char *text; // NULL for rows
  const TemplateRow *rows;
  uint32_t row_count;
};

typedef struct TemplateText {
  const char *name; // for complaints: "prompts/audit.md"
  const char *text;
} TemplateText;

typedef struct Template {
  TemplateText text;
  TemplateRow values;
  // The template that `{{> name}}` means; a NULL text where there is none.
  TemplateText (*find)(void *context, const char *name);
  void *context;
  bool html;
} Template;

// The filled-in text, in the arena. NULL where the template is wrong: `*problem` then tells the place and the remedy.
const char *template_fill(const Template *template, Arena *arena, const char **problem);

#endif
