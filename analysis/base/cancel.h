// A flag that one thread raises and a long computation on another looks at.
#ifndef RACEWISE_BASE_CANCEL_H
#define RACEWISE_BASE_CANCEL_H

#include <stdatomic.h>
#include <stdbool.h>

typedef struct Cancel {
  atomic_bool raised;
} Cancel;

static inline void cancel_raise(Cancel *cancel) {
  atomic_store_explicit(&cancel->raised, true, memory_order_relaxed);
}

// False for NULL: a computation nobody can cancel.
static inline bool cancel_raised(Cancel *cancel) {
  return cancel && atomic_load_explicit(&cancel->raised, memory_order_relaxed);
}

#endif
