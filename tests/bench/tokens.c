/*
 * The five tokens, written out octet by octet and by no codec's encoder, so
 * that none of the four is measured against its own idea of them.
 */
#include "frame.h"

#include <string.h>

enum {
    TAG_OCTETS = 0x04,
    TAG_ENUM = 0x0a,
    TAG_STRING = 0x1b, /* GeneralString */
    TAG_SEQUENCE = 0x30,
    TAG_CONTEXT = 0xa0,

    ACCEPT_COMPLETED = 0,
    ACCEPT_INCOMPLETE = 1
};

static const uint8_t negoex[] = {0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04,
                                 0x01, 0x82, 0x37, 0x02, 0x02, 0x1e};
static const uint8_t ms_krb5[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x82,
                                  0xf7, 0x12, 0x01, 0x02, 0x02};
static const uint8_t krb5[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                               0xf7, 0x12, 0x01, 0x02, 0x02};
static const uint8_t ntlmssp[] = {0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04,
                                  0x01, 0x82, 0x37, 0x02, 0x02, 0x0a};

/* A token grows backwards from last: what is nested comes before its header. */
struct writer {
    uint8_t *start;
    uint8_t *last;
};

static struct writer
writer_on(uint8_t *buffer, size_t size)
{
    return (struct writer){buffer + size, buffer + size};
}

static void
put(struct writer *w, const void *octets, size_t len)
{
    w->start = der_prepend(w->start, octets, len);
}

/* Enclose everything from the start of the token up to end. */
static void
enclose(struct writer *w, uint8_t tag, const uint8_t *end)
{
    w->start = der_prepend_header(w->start, tag, (size_t)(end - w->start));
}

/* A [n] OCTET STRING of len octets, no two neighbours alike. */
static void
put_octets(struct writer *w, uint8_t n, size_t len)
{
    const uint8_t *end = w->start;

    for (size_t i = len; i > 0; i--)
        *--w->start = (uint8_t)(i * 167 >> 3);
    enclose(w, TAG_OCTETS, end);
    enclose(w, (uint8_t)(TAG_CONTEXT + n), end);
}

static void
put_state(struct writer *w, uint8_t state)
{
    const uint8_t *end = w->start;

    put(w, &state, 1);
    enclose(w, TAG_ENUM, end);
    enclose(w, TAG_CONTEXT + 0, end);
}

static void
put_hints(struct writer *w)
{
    static const char name[] = "not_defined_in_RFC4178@please_ignore";
    const uint8_t *end = w->start;

    put(w, name, strlen(name));
    enclose(w, TAG_STRING, end);
    enclose(w, TAG_CONTEXT + 0, end);
    enclose(w, TAG_SEQUENCE, end);
    enclose(w, TAG_CONTEXT + 3, end);
}

static void
enclose_mech_list(struct writer *w, const uint8_t *end)
{
    enclose(w, TAG_SEQUENCE, end);
    enclose(w, TAG_CONTEXT + 0, end);
}

/* Close the token: the SEQUENCE, its place in the CHOICE, and the frame. */
static struct bench_token
finish(struct writer *w, const char *name, enum bench_kind kind)
{
    struct bench_token token = {name, kind, NULL, 0};
    struct bench_span span;

    enclose(w, TAG_SEQUENCE, w->last);
    enclose(w, kind == BENCH_RESP ? TAG_CONTEXT + 1 : TAG_CONTEXT + 0, w->last);
    span = frame_close(&token, w->start, (size_t)(w->last - w->start));
    token.der = span.start;
    token.len = span.len;
    return token;
}

static struct bench_token
build_init2(void)
{
    static uint8_t buffer[256];
    struct writer w = writer_on(buffer, sizeof buffer);
    const uint8_t *end;

    put_hints(&w);
    end = w.start;
    put(&w, ntlmssp, sizeof ntlmssp);
    put(&w, krb5, sizeof krb5);
    put(&w, ms_krb5, sizeof ms_krb5);
    put(&w, negoex, sizeof negoex);
    enclose_mech_list(&w, end);
    return finish(&w, "init2-hints", BENCH_INIT2);
}

static struct bench_token
build_init(const char *name, uint8_t *buffer, size_t size, size_t mech_token)
{
    struct writer w = writer_on(buffer, size);
    const uint8_t *end;

    put_octets(&w, 2, mech_token);
    end = w.start;
    put(&w, ntlmssp, sizeof ntlmssp);
    put(&w, krb5, sizeof krb5);
    enclose_mech_list(&w, end);
    return finish(&w, name, BENCH_INIT);
}

static struct bench_token
build_resp_token(void)
{
    static uint8_t buffer[256];
    struct writer w = writer_on(buffer, sizeof buffer);
    const uint8_t *end;

    put_octets(&w, 2, 200);
    end = w.start;
    put(&w, krb5, sizeof krb5);
    enclose(&w, TAG_CONTEXT + 1, end);
    put_state(&w, ACCEPT_INCOMPLETE);
    return finish(&w, "resp-token", BENCH_RESP);
}

static struct bench_token
build_resp_mic(void)
{
    static uint8_t buffer[64];
    struct writer w = writer_on(buffer, sizeof buffer);

    put_octets(&w, 3, 28);
    put_state(&w, ACCEPT_COMPLETED);
    return finish(&w, "resp-mic", BENCH_RESP);
}

const struct bench_token *
bench_tokens(void)
{
    static uint8_t small[2048];
    static uint8_t large[65536];
    static struct bench_token tokens[BENCH_TOKENS];

    if (tokens[0].der == NULL) {
        tokens[0] = build_init2();
        tokens[1] = build_init("init-1.5k", small, sizeof small, 1536);
        tokens[2] = build_init("init-64k", large, sizeof large, 65536 - 1024);
        tokens[3] = build_resp_token();
        tokens[4] = build_resp_mic();
    }
    return tokens;
}
