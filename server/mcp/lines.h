// The framing of the Model Context Protocol over standard streams: one message a line.
//
// A reader takes bytes in whatever pieces they arrive and gives back whole lines. A line that is too long is reported
// once and left out.
#ifndef RACEWISE_SERVER_MCP_LINES_H
#define RACEWISE_SERVER_MCP_LINES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct LineReader LineReader;

enum { LINE_LIMIT = 16 * 1024 * 1024 }; // bytes of one message

LineReader *line_reader_new(void);
void line_reader_free(LineReader *reader); // NULL is allowed

void line_reader_feed(LineReader *reader, const char *bytes, size_t length);

// The next line that is not empty, without its end, which the receiver may change; valid until the reader's next call.
// `*bytes` is NULL for a line over the limit. False when more bytes are needed.
bool line_reader_next(LineReader *reader, char **bytes, size_t *length);

#endif
