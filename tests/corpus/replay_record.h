/* replay_record.h: a recorded conversation, and what its mechanism said in it. */
#ifndef REPLAY_RECORD_H
#define REPLAY_RECORD_H

#include <spnego/mech.h>
#include <spnego/token.h>

#define MAX_LINES 32

/* A token of the conversation; `spnego` unless it is a mechanism's own. */
struct line {
    enum spnego_role who;
    bool spnego;
    struct spnego_slice octets;
    struct spnego_negotiation_token token;
};

/* A token of the chosen mechanism; one that `fails` is its last word. */
struct turn {
    enum spnego_role who;
    bool fails;
    struct spnego_slice token;
};

/* What is known of a conversation. */
struct record {
    char name[256], role_name[16];
    enum spnego_role role; /* ours */

    struct line lines[MAX_LINES];
    size_t num_lines;
    const struct line *hint;                      /* the acceptor's first words, or NULL */
    const struct spnego_neg_token_init *init;     /* the initiator's, or NULL */
    const struct spnego_neg_token_resp *reply;    /* the acceptor's answer to it, or NULL */
    struct spnego_mech_type_list offered, hinted; /* empty if they are not recorded */
    struct spnego_slice chosen;
    bool naked, first_choice;

    struct turn turns[MAX_LINES];
    size_t num_turns;
    bool unfinished; /* the mechanism had more to say than is recorded */
    bool rejected, complete;
    struct spnego_slice mics[2];
    int first_mic; /* whose came first; -1: nobody's */
};
extern struct record rec;

/* Stands for what the record does not have. */
extern const struct spnego_slice unrecorded;

/* Takes the next conversation from the input into `rec`; false if there is none. */
bool record_read(void);

bool same(struct spnego_slice a, struct spnego_slice b);

/* Ends the program: the input is not what it should be. */
void stop(const char *why);

#endif
