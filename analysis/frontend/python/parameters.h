// One parameter of a function or lambda, whatever its syntax.
#ifndef RACEWISE_FRONTEND_PYTHON_PARAMETERS_H
#define RACEWISE_FRONTEND_PYTHON_PARAMETERS_H

#include "../../ir/ir.h"
#include "reader.h"

typedef struct ParameterSyntax {
  Node name;      // an identifier, or Python 2's tuple pattern; null for `/` and `*`
  Node type;      // or null
  Node standard;  // the default value, or null
  uint32_t flags; // OPERAND_SPREAD, OPERAND_SPREAD_MAP
} ParameterSyntax;

ParameterSyntax parameter_read(const Nodes *nodes, Node node);

#endif
