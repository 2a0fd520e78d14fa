// A session on record: its messages with the times they went by, so that what a user saw can be seen again.
//
// One line of JSON a message: {"time":0.125,"from":"client","body":"{…}"}, the time in seconds since the start.
#ifndef RACEWISE_SERVER_LSP_RECORD_H
#define RACEWISE_SERVER_LSP_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef enum RecordSide { RECORD_CLIENT, RECORD_SERVER } RecordSide;

typedef struct Record Record;

// Records to a stream, which stays the caller's.
Record *record_new(FILE *stream);
void record_free(Record *record); // NULL is allowed

// NULL records nothing. Bytes that are no UTF-8 are kept as "?".
void record_message(Record *record, RecordSide from, const char *bytes, size_t length);

typedef struct RecordedMessage {
  double time;
  RecordSide from;
  char *body; // to be freed with free()
} RecordedMessage;

// Reads the next message of a record. False at the end, and with `*problem` set at a line that is none.
bool record_read(FILE *stream, RecordedMessage *message, const char **problem);

#endif
