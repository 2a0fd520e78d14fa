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

const char *task_kind_name(TaskKind kind) {
  static const char *const NAMES[] = {"program", "outside", "started", "gathered", "handler", "callback", "beside"};
  return NAMES[kind];
}

const char *suspension_certainty_name(SuspensionCertainty certainty) {
  static const char *const NAMES[] = {"always", "maybe", "assumed", "never"};
  return NAMES[certainty];
}

const char *window_state_name(WindowState state) {
  static const char *const NAMES[] = {"open", "guarded", "alone"};
  return NAMES[state];
}

const char *outside_kind_name(OutsideKind kind) {
  static const char *const NAMES[] = {"path", "entry", "record", "session"};
  return NAMES[kind];
}

const char *unknown_kind_name(UnknownKind kind) {
  static const char *const NAMES[] = {"syntax", "function", "awaited", "call", "code", "accesses"};
  return NAMES[kind];
}
