#include "progress_bar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 300, INTERVAL_MS = 100, WIDTH = 30 };

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static bool terminal_obeys(void) {
  const char *terminal = getenv("TERM");
  return isatty(STDERR_FILENO) && terminal && *terminal && strcmp(terminal, "dumb") != 0;
}

ProgressBar progress_bar_new(uint32_t total, bool quiet) {
  return (ProgressBar){.total = total, .wanted = !quiet && terminal_obeys(), .next = now() + PATIENCE_MS};
}

void progress_bar_step(ProgressBar *bar, uint32_t done) {
  if (!bar->wanted || now() < bar->next)
    return;
  char line[WIDTH + 1];
  uint32_t filled = (uint32_t)((uint64_t)done * WIDTH / bar->total);
  for (uint32_t i = 0; i < WIDTH; i++)
    line[i] = i < filled ? '=' : i == filled ? '>' : ' ';
  line[WIDTH] = 0;
  fprintf(stderr, "\r[%s] %u/%u files\033[K", line, done, bar->total);
  fflush(stderr);
  bar->shown = true;
  bar->next = now() + INTERVAL_MS;
}

void progress_bar_hide(ProgressBar *bar) {
  if (!bar->shown)
    return;
  fputs("\r\033[K", stderr);
  fflush(stderr);
  bar->shown = false;
}
