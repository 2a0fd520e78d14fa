// The names that findings carry.
#include "analysis.h"

const char *severity_name(Severity severity) {
  static const char *const NAMES[] = {"error", "warning", "info", "hint"};
  return NAMES[severity];
}

const char *confidence_name(Confidence confidence) {
  static const char *const NAMES[] = {"high", "medium", "low"};
  return NAMES[confidence];
}

const char *place_role_name(PlaceRole role) {
  static const char *const NAMES[] = {"first-access", "suspension", "second-access", "conflict", "lock", "spawn"};
  return NAMES[role];
}
