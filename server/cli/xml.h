// Texts inside XML.
#ifndef RACEWISE_CLI_XML_H
#define RACEWISE_CLI_XML_H

#include <stdio.h>

// Prints ` name="value"`. What an attribute cannot hold as it is, line breaks too, is written as a reference; in the
// place of what XML 1.0 cannot hold at all (most control characters, bytes that are not UTF-8) stands U+FFFD.
void xml_attribute(FILE *out, const char *name, const char *value);
void xml_attribute_number(FILE *out, const char *name, unsigned value);

// Prints text between tags, by the same rules.
void xml_text(FILE *out, const char *text);

#endif
