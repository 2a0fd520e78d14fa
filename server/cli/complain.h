// What goes wrong is told on stderr, one line each: "racewise: …".
#ifndef RACEWISE_CLI_COMPLAIN_H
#define RACEWISE_CLI_COMPLAIN_H

// Control characters (a file name may hold them) are printed as "?". One thread at a time.
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
