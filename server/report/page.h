// The report of many files as one HTML page that needs nothing else: no network, no script.
//
//     Page *page = page_new();
//     page_add(page, &subject); // for each file, in order
//     bool written = page_write(page, &words, out);
//     page_free(page);
#ifndef RACEWISE_SERVER_REPORT_PAGE_H
#define RACEWISE_SERVER_REPORT_PAGE_H

#include "../audit/words.h"
#include <stdio.h>

typedef struct Page Page;

typedef struct PageWords {
  const char *title, *paths; // what the report is about
  uint32_t files, quiet;     // how many files were read, and how many of them hold nothing asynchronous
} PageWords;

Page *page_new(void);
void page_free(Page *page); // NULL is allowed

// Keeps nothing of the subject.
void page_add(Page *page, const AuditSubject *subject);

// False when out of memory.
bool page_write(Page *page, const PageWords *words, FILE *out);

#endif
