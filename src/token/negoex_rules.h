/* negoex_rules.h: what stays in mind between the NegoEx messages of one token. */
#ifndef NEGOEX_RULES_H
#define NEGOEX_RULES_H

#include "analysis.h"

struct negoex_token {
    struct analysis *analysis;
    size_t count; /* messages so far */
    struct negoex_message previous;
    struct negoex_message nego; /* the first message, if it is a NEGO */
    bool has_nego;
    bool has_exchange; /* an AP_REQUEST or CHALLENGE was seen */
    bool has_verify;   /* the message before is a VERIFY */
    bool from_initiator;
    bool from_acceptor;
    struct spnego_slice metadata[64]; /* messages, for rule N10 */
    size_t metadata_count;
};

/* negoex_rules judges one message, called `path`, in the light of those before. */
void negoex_rules(struct negoex_token *token, const struct negoex_message *message,
                  const char *path);

/* negoex_layout_rules judges where a message's vectors point. */
void negoex_layout_rules(struct analysis *analysis, const struct negoex_message *message,
                         const char *path);

/* negoex_scheme_rules judges one AUTH_SCHEME at `about`. */
void negoex_scheme_rules(struct analysis *analysis, const struct negoex_guid *scheme,
                         struct spnego_slice about, const char *path);

/* negoex_field returns `len` octets at `at` of a message. */
struct spnego_slice negoex_field(const struct negoex_message *message, size_t at, size_t len);

#endif
