/* carrier.h: how the examples carry tokens: two octets of length, then the token,
 * on standard input and output.  SMB, HTTP or LDAP would stand here. */
#ifndef CARRIER_H
#define CARRIER_H

#include <spnego/base.h>
#include <stdio.h>

static inline bool
carrier_send(struct spnego_slice token)
{
    uint8_t len[2] = {(uint8_t)(token.len >> 8), (uint8_t)token.len};

    return token.len <= 0xffff && fwrite(len, 1, 2, stdout) == 2 &&
           fwrite(token.ptr, 1, token.len, stdout) == token.len && fflush(stdout) == 0;
}

/* Borrows: `*token` until the next call. */
static inline bool
carrier_receive(struct spnego_slice *token)
{
    static uint8_t octets[0xffff];
    uint8_t len[2];

    if (fread(len, 1, 2, stdin) != 2)
        return false;
    token->ptr = octets;
    token->len = (size_t)len[0] << 8 | len[1];
    return fread(octets, 1, token->len, stdin) == token->len;
}

#endif
