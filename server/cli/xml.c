#include "xml.h"

#include "../utf8.h"
#include <stdbool.h>
#include <string.h>

static const char *reference(unsigned char byte) {
  switch (byte) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\t':
    return "&#9;";
  case '\n':
    return "&#10;";
  case '\r':
    return "&#13;";
  }
  return byte < 0x20 ? "\xef\xbf\xbd" : NULL;
}

// U+FFFE and U+FFFF are characters of UTF-8 but not of XML.
static bool is_no_character(const char *at, size_t length) {
  return !length || (length == 3 && (!memcmp(at, "\xef\xbf\xbe", 3) || !memcmp(at, "\xef\xbf\xbf", 3)));
}

void xml_text(FILE *out, const char *text) {
  while (*text) {
    size_t length = utf8_length(text);
    const char *instead = is_no_character(text, length) ? "\xef\xbf\xbd" : reference((unsigned char)*text);
    if (instead)
      fputs(instead, out);
    else
      fwrite(text, 1, length, out);
    text += length ? length : 1;
  }
}

void xml_attribute(FILE *out, const char *name, const char *value) {
  fprintf(out, " %s=\"", name);
  xml_text(out, value);
  fputc('"', out);
}

void xml_attribute_number(FILE *out, const char *name, unsigned value) {
  fprintf(out, " %s=\"%u\"", name, value);
}
