// What the rules and some topics around races are about, by name.
#ifndef RACEWISE_SERVER_MANUAL_H
#define RACEWISE_SERVER_MANUAL_H

#include "embedded.h"

// In Markdown; NULL where neither a rule nor a topic has this name.
const char *manual_page(const char *name);

// The nearest right name to a wrong one, in `right`; NULL where none is near.
const char *manual_nearest(const char *name, char *right, size_t size);

// The name of the topic that a file is; NULL for other files. In `name`.
const char *manual_topic(const EmbeddedFile *file, char *name, size_t size);

// A small program in which the rule of this name finds something; NULL where there is none.
const EmbeddedFile *manual_example(const char *rule);

#endif
