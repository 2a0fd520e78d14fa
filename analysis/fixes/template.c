#include "template.h"
#include "region.h"
#include <string.h>

const char *template_text(const FixRun *run, TSNode node, const char *format, ...) {
  const char *indent = source_indent(&run->source, run->arena, ts_node_start_byte(node));
  const char *unit = region_indent_unit(run, node);
  char *styled = arena_alloc(run->arena, strlen(format) * (strlen(indent) + strlen(unit) + 1) + 1), *out = styled;
  for (const char *in = format; *in; in++) {
    bool ends_line = in[1] == '\n' || !in[1];
    if (*in == '\f')
      out = stpcpy(out, indent);
    else if (*in == '\t')
      out = stpcpy(out, unit);
    else if (*in != ';' || !ends_line || run->source.semicolons)
      *out++ = *in;
  }
  va_list arguments;
  va_start(arguments, format);
  const char *text = arena_vprintf(run->arena, styled, arguments);
  va_end(arguments);
  return text;
}
