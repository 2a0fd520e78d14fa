// The bad interleaving of a finding, told in two columns: what task A does, what task B does.
#ifndef RACEWISE_CLI_INTERLEAVING_H
#define RACEWISE_CLI_INTERLEAVING_H

#include "excerpt.h"
#include "output.h"

void interleaving_print(const Excerpt *excerpt, const Report *report);

#endif
