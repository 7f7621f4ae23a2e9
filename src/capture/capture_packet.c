/* capture_packet.c: tshark's JSON. */
#include "capture_packet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
fail(char *error, size_t cap, const char *what)
{
    snprintf(error, cap, "%s", what);
    return false;
}

static bool
keep(struct capture_splitter *splitter, char c, char *error, size_t cap)
{
    size_t room;
    char *grown;

    if (splitter->len == splitter->limit)
        return fail(error, cap, "tshark prints more of one packet than is read");
    if (splitter->len == splitter->cap) {
        room = splitter->cap > 0 ? 2 * splitter->cap : 65536;
        grown = realloc(splitter->text, room);
        if (grown == NULL)
            return fail(error, cap, "no memory for a packet");
        splitter->text = grown;
        splitter->cap = room;
    }
    splitter->text[splitter->len++] = c;
    return true;
}

/* Whether the next character is beyond what is kept of its string. */
static bool
is_dropped(struct capture_splitter *splitter, char c)
{
    if (!splitter->quoted || (c == '"' && !splitter->escaped)) {
        splitter->string_len = 0;
        splitter->dropping = false;
    } else if (splitter->string_len < splitter->string_limit || splitter->escaped) {
        splitter->string_len++;
    } else {
        splitter->dropping = true;
    }
    return splitter->dropping;
}

/* Follows braces and strings, no more: the JSON is checked where an object is read. */
static void
follow(struct capture_splitter *splitter, char c)
{
    if (splitter->escaped) {
        splitter->escaped = false;
    } else if (splitter->quoted) {
        splitter->escaped = c == '\\';
        splitter->quoted = c != '"';
    } else if (c == '"') {
        splitter->quoted = true;
    } else if (c == '{') {
        splitter->depth++;
    } else if (c == '}') {
        splitter->depth--;
    }
}

bool
capture_split(struct capture_splitter *splitter, const char *text, size_t len,
              capture_object_fn *on_object, void *arg, char *error, size_t cap)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (splitter->depth == 0 && text[i] != '{') {
            if (text[i] == '\0' || strchr("[], \r\n\t", text[i]) == NULL)
                return fail(error, cap, "tshark printed what is not its JSON");
            continue;
        }
        if (!is_dropped(splitter, text[i]) && !keep(splitter, text[i], error, cap))
            return false;
        follow(splitter, text[i]);
        if (splitter->depth > 0)
            continue;
        if (!on_object(arg, splitter->text, splitter->len))
            return false;
        splitter->len = 0;
    }
    return true;
}

void
capture_splitter_free(struct capture_splitter *splitter)
{
    free(splitter->text);
    memset(splitter, 0, sizeof(*splitter));
}

/* Of a field that is there several times, in tunnels, the innermost counts: the last. */
static const json_t *
last(const json_t *value)
{
    while (json_is_array(value) && json_array_size(value) > 0)
        value = json_array_get(value, json_array_size(value) - 1);
    return value;
}

static const char *
text_of(const json_t *layer, const char *name)
{
    const char *text = json_string_value(last(json_object_get(layer, name)));

    return text != NULL ? text : "";
}

static unsigned long
number_of(const json_t *layer, const char *name)
{
    const char *text = text_of(layer, name);

    /* strtoul would take "-5" for a very large number. */
    return strchr(text, '-') == NULL ? strtoul(text, NULL, 10) : 0;
}

static void
name_end(char *out, size_t cap, const struct capture_packet *packet, const char *which)
{
    const json_t *ip = last(json_object_get(packet->layers, "ip"));
    const json_t *ipv6 = last(json_object_get(packet->layers, "ipv6"));
    const json_t *tcp = last(json_object_get(packet->layers, "tcp"));
    char address[16], port[16];

    snprintf(port, sizeof(port), "tcp.%sport", which);
    snprintf(address, sizeof(address), "%s.%s", ip != NULL ? "ip" : "ipv6", which);
    snprintf(out, cap, ip != NULL ? "%s:%s" : "[%s]:%s",
             text_of(ip != NULL ? ip : ipv6, address), text_of(tcp, port));
}

bool
capture_packet_parse(struct capture_packet *packet, const char *text, size_t len, char *error,
                     size_t cap)
{
    const json_t *frame, *tcp;
    json_error_t wrong;

    memset(packet, 0, sizeof(*packet));
    packet->root = json_loadb(text, len, JSON_ALLOW_NUL, &wrong);
    packet->layers = json_object_get(json_object_get(packet->root, "_source"), "layers");
    frame = last(json_object_get(packet->layers, "frame"));
    packet->frame = number_of(frame, "frame.number");
    if (packet->frame == 0) {
        capture_packet_free(packet);
        return fail(error, cap, "tshark printed a packet without a frame.number");
    }
    packet->cut = number_of(frame, "frame.cap_len") < number_of(frame, "frame.len");
    tcp = last(json_object_get(packet->layers, "tcp"));
    packet->has_tcp = text_of(tcp, "tcp.stream")[0] != '\0';
    packet->stream = number_of(tcp, "tcp.stream");
    name_end(packet->source, sizeof(packet->source), packet, "src");
    name_end(packet->target, sizeof(packet->target), packet, "dst");
    return true;
}

void
capture_packet_free(struct capture_packet *packet)
{
    json_decref(packet->root);
    memset(packet, 0, sizeof(*packet));
}

static int
nibble(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c != '\0' ? strchr(digits, c) : NULL;

    return found != NULL ? (int)(found - digits) : -1;
}

static int
from_hex(const char *hex, struct spnego_slice *octets, char *error, size_t cap)
{
    size_t len = strlen(hex), i;
    uint8_t *out = malloc(len / 2 + 1);
    int high, low;

    if (out == NULL) {
        fail(error, cap, "no memory for a packet");
        return -1;
    }
    for (i = 0; i + 1 < len; i += 2) {
        high = nibble(hex[i]);
        low = nibble(hex[i + 1]);
        if (high < 0 || low < 0)
            break;
        out[i / 2] = (uint8_t)(high << 4 | low);
    }
    if (i != len) {
        free(out);
        fail(error, cap, "tshark printed octets that are not hexadecimal");
        return -1;
    }
    octets->ptr = out;
    octets->len = len / 2;
    return 1;
}

int
capture_packet_pdu(const struct capture_packet *packet, enum carrier carrier, size_t index,
                   struct spnego_slice *octets, char *error, size_t cap)
{
    const json_t *raw;
    char name[16];

    snprintf(name, sizeof(name), "%s_raw", carrier_layer(carrier));
    raw = json_object_get(packet->layers, name);
    /* ["00ff", 54, 2, 0, 1] once, or an array of those. */
    if (json_is_array(json_array_get(raw, 0)))
        raw = json_array_get(raw, index);
    else if (index > 0)
        return 0;
    if (!json_is_string(json_array_get(raw, 0)))
        return 0;
    return from_hex(json_string_value(json_array_get(raw, 0)), octets, error, cap);
}
