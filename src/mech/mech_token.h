/* mech_token.h: what the files mech_*.c share: the token at hand, and how its fields get
 * into the tree. */
#ifndef MECH_TOKEN_H
#define MECH_TOKEN_H

#include "mech.h"
#include "octets.h"

struct mech_token {
    struct analysis *analysis;
    struct spnego_slice whole; /* with its frame */
    struct spnego_slice inner; /* without; the same if there is none */
    struct token_class class;
    enum spnego_mech mech;   /* whose token it should be; SPNEGO_MECH_UNKNOWN if nobody said */
    struct spnego_slice oid; /* the same as an object identifier */
    struct node *parent;     /* what `inner` is shown below; NULL without a tree */
    const char *path;
};

/* The messages; each shows and judges `token->inner`. */
void mech_kerberos(struct mech_token *token);     /* framed: TOK_ID, then a message */
void mech_kerberos_raw(struct mech_token *token); /* a message alone */
void mech_ntlm(struct mech_token *token);
void mech_sanon(struct mech_token *token);

/* MICs. */
void mech_kerberos_mic(struct mech_token *token); /* RFC 4121 4.2.6.1 */
void mech_rfc1964_mic(struct mech_token *token);  /* RFC 1964 1.2.1; behind the frame */
void mech_ntlm_signature(struct mech_token *token);

/* mech_rules_of_as_req judges PKU2U's first message.  M11. */
struct kerberos_kdc_req;
void mech_rules_of_as_req(struct mech_token *token, const struct kerberos_kdc_req *message,
                          struct spnego_slice octets);

/* mech_remark makes a finding about `about`; `place` is where in the token that is. */
void mech_remark(const struct mech_token *token, enum spnego_finding_code code,
                 struct spnego_slice about, const char *place);
void mech_remark_numbers(const struct mech_token *token, enum spnego_finding_code code,
                         struct spnego_slice about, const char *place, uint64_t got,
                         uint64_t want);

/* mech_is_sent_by says whether the sender is known to be `side`. */
bool mech_is_sent_by(const struct mech_token *token, enum side side);

/* mech_opts begins a decode of `octets`: what it reads is shown below the token.  The
 * last error that it finds is kept, the one it broke off at, and mech_unreadable makes
 * SPN6021 of it. */
struct mech_decode {
    const struct mech_token *token;
    struct spnego_slice octets;
    struct spnego_slice about;
    char place[96];
};
struct spnego_decode_opts mech_opts(struct mech_decode *decode, const struct mech_token *token,
                                    struct spnego_slice octets);
void mech_unreadable(const struct mech_decode *decode);

/* A field of a token that no schema describes.  `names` is a number of mech_names.h. */
#define MECH_FIELD(name, type, kind, names)                                                    \
    {                                                                                          \
        name, type, "", SPNEGO_KIND_##kind, SPNEGO_KIND_UNKNOWN, names                         \
    }

/* mech_open shows a structure, `octets`, below the token; mech_show a field of it with
 * the contents `octets` and, of numbers and flags, `value`.  `path` is the structure. */
void mech_open(const struct mech_token *token, const struct spnego_path *path,
               struct spnego_slice octets);
void mech_show(const struct mech_token *token, const struct spnego_path *path,
               const struct spnego_desc *desc, struct spnego_slice octets, uint64_t value);

#endif
