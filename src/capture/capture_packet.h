/* capture_packet.h: what tshark prints of a capture, packet by packet.
 *
 * `tshark -T json -x` prints an array of objects, one a packet, in which NAME_raw
 * has the octets of the protocol NAME, put together from TCP segments. */
#ifndef CAPTURE_PACKET_H
#define CAPTURE_PACKET_H

#include "carrier.h"

#include <jansson.h>

#define CAPTURE_PACKET_LIMIT (64u * 1024 * 1024) /* characters of text for one packet */
/* Of a longer string, the hexadecimal octets of a message, only so many characters are kept:
 * what follows is the body of an HTTP message. */
#define CAPTURE_STRING_LIMIT (1024u * 1024)

/* Cuts a stream of text into its objects. */
struct capture_splitter {
    char *text; /* of the object that is being read */
    size_t len;
    size_t cap;
    size_t limit;        /* of len */
    size_t string_limit; /* of a string in it */
    size_t depth;        /* of braces */
    size_t string_len;   /* of the string that is being read */
    bool quoted;
    bool escaped;
    bool dropping; /* the rest of the string */
};

/* Gets an object's text; returns false to stop. */
typedef bool capture_object_fn(void *arg, const char *text, size_t len);

/* capture_split takes the next octets of the stream.  On failure, or if `on_object`
 * wants no more, it returns false; `error` has a sentence unless `on_object` wrote it. */
bool capture_split(struct capture_splitter *splitter, const char *text, size_t len,
                   capture_object_fn *on_object, void *arg, char *error, size_t cap);
void capture_splitter_free(struct capture_splitter *splitter);

struct capture_packet {
    unsigned long frame;
    unsigned long stream;
    char source[64]; /* "10.0.0.1:49152", "[fe80::1]:445" */
    char target[64];
    bool cut;     /* the capture has only the front of it */
    bool has_tcp; /* without it there is no stream */
    json_t *root; /* owned */
    const json_t *layers;
};

/* capture_packet_parse reads one object; false if it is none of tshark's packets. */
bool capture_packet_parse(struct capture_packet *packet, const char *text, size_t len,
                          char *error, size_t cap);
void capture_packet_free(struct capture_packet *packet);

/* capture_packet_pdu puts the octets of the message number `index` of `carrier` into
 * `octets`, for the caller to free.  Returns 1, or 0 behind the last, or -1 with an
 * error. */
int capture_packet_pdu(const struct capture_packet *packet, enum carrier carrier, size_t index,
                       struct spnego_slice *octets, char *error, size_t cap);

#endif
