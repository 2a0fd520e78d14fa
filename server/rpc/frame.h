// The base protocol's framing: messages with a header that names their length (LSP 3.17, "Base Protocol").
//
// A reader takes bytes in whatever pieces they arrive and gives back whole messages. It never fails for good: after
// bytes that are no header it reports the problem once and goes on at the next "Content-Length:" it finds.
//
//     frame_feed(reader, bytes, length);
//     Frame frame;
//     while (frame_next(reader, &frame)) use(frame);
#ifndef RACEWISE_SERVER_RPC_FRAME_H
#define RACEWISE_SERVER_RPC_FRAME_H

#include <stdbool.h>
#include <stddef.h>

typedef struct FrameReader FrameReader;

// A message, or what is wrong with the bytes at this place of the stream.
typedef struct Frame {
  const char *problem; // NULL for a message
  char *bytes;         // the message, which the receiver may change; valid until the reader's next call
  size_t length;
} Frame;

enum {
  FRAME_HEADER_LIMIT = 8 * 1024,       // bytes of one message's header
  FRAME_HEADER_SPACE = 48,             // for `frame_header`
  FRAME_BODY_LIMIT = 256 * 1024 * 1024 // bytes of one message
};

FrameReader *frame_reader_new(void);
void frame_reader_free(FrameReader *reader); // NULL is allowed

void frame_feed(FrameReader *reader, const char *bytes, size_t length);

// False when more bytes are needed.
bool frame_next(FrameReader *reader, Frame *frame);

// Writes the header of a message of `length` bytes; returns the header's own length.
size_t frame_header(char header[FRAME_HEADER_SPACE], size_t length);

#endif
