/* recorded.c: reads lines of "I" or "A" and hexadecimal digits. */
#include "recorded.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define LINE_LEN (2 * RECORDED_LEN + 8)

static size_t
read_hex(uint8_t *out, const char *text)
{
    unsigned octet;
    size_t len;

    for (len = 0; sscanf(text + 2 * len, "%2x", &octet) == 1; len++)
        out[len] = (uint8_t)octet;
    return len;
}

static void
find_negoex(struct recorded_token *token)
{
    struct spnego_slice whole = {token->octets, token->len};
    struct spnego_negotiation_token decoded;

    if (token->len == 0)
        return;
    ck_assert_int_eq(spnego_token_decode(&decoded, whole, NULL), SPNEGO_OK);
    if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT)
        token->negoex = decoded.u.neg_token_init.mech_token;
    else if (decoded.u.neg_token_resp.has_response_token)
        token->negoex = decoded.u.neg_token_resp.response_token;
}

static void
read_token(struct recorded *out, const char *line)
{
    struct recorded_token *token = &out->tokens[out->count];

    ck_assert_uint_lt(out->count, RECORDED_TOKENS);
    token->sender = line[0] == 'I' ? SPNEGO_INITIATOR : SPNEGO_ACCEPTOR;
    token->len = read_hex(token->octets, line + 2);
    find_negoex(token);
    if (token->negoex.len > 0)
        memcpy(out->transcript + out->transcript_len, token->negoex.ptr, token->negoex.len);
    out->transcript_len += token->negoex.len;
    out->count++;
}

bool
recorded_read(struct recorded *out, const char *name)
{
    char path[256], line[LINE_LEN];
    FILE *file;

    memset(out, 0, sizeof(*out));
    snprintf(path, sizeof(path), "../shared/spec/vectors/mit/%s.conv", name);
    file = fopen(path, "r");
    if (file == NULL) {
        printf("skipped: %s is not there\n", path);
        return false;
    }
    while (fgets(line, sizeof(line), file) != NULL)
        if (line[0] == 'I' || line[0] == 'A')
            read_token(out, line);
    fclose(file);
    return true;
}

bool
recorded_next(const struct recorded *recorded, struct negoex_message *out, size_t *pos)
{
    struct spnego_slice left = {recorded->transcript + *pos, recorded->transcript_len - *pos};
    size_t used;

    if (left.len == 0)
        return false;
    ck_assert_int_eq(negoex_message_decode(out, &used, left, NULL), SPNEGO_OK);
    *pos += used;
    return true;
}
