/* negoex_verdict.c: what a NegoEx conversation finds wrong, or remarks, and tells. */
#include "finding.h"
#include "negoex_session.h"
#include "spnego/codec.h"

#include <string.h>

void
negoex_tell(const struct negoex_session *session, enum negoex_event_kind kind,
            const struct negoex_message *message, const struct negoex_guid *scheme)
{
    struct negoex_event event = {kind, session->role, message, scheme, NULL, NULL};

    if (session->config.on_event != NULL)
        session->config.on_event(session->config.arg, &event);
}

static void
tell_finding(const struct negoex_session *session, enum negoex_event_kind kind,
             const struct spnego_finding *finding, const char *words)
{
    struct negoex_event event = {kind, session->role, NULL, NULL, finding, words};

    if (session->config.on_event != NULL)
        session->config.on_event(session->config.arg, &event);
}

void
negoex_tell_failure(const struct negoex_session *session)
{
    bool known = session->failure.code != 0;

    tell_finding(session, NEGOEX_EVENT_FAILED, known ? &session->failure : NULL,
                 known ? session->failure_words : NULL);
}

static bool
is_of_mechanism(unsigned code)
{
    return code == SPN5107_NEGOEX_NO_SCHEME || code == SPN5118_NEGOEX_MECH_FAILED;
}

/* Puts `finding` into words: where, what, and of a mechanism why. */
static void
put_words(const struct negoex_session *session, char *out, size_t cap,
          const struct spnego_finding *finding, const struct spnego_subject *subject)
{
    struct spnego_text text = {out, cap, 0};
    char place[64];

    if (finding->path != NULL) {
        spnego_path_format(place, sizeof(place), finding->path);
        spnego_text_words(&text, place);
        spnego_text_words(&text, ": ");
    }
    spnego_finding_put(&text, finding, subject);
    if (is_of_mechanism(finding->code) && session->failure_why[0] != '\0') {
        spnego_text_words(&text, ": ");
        spnego_text_words(&text, session->failure_why);
    }
    spnego_text_end(&text);
}

static struct spnego_subject
about(const struct negoex_message *message, const struct negoex_guid *scheme)
{
    struct spnego_subject subject;

    memset(&subject, 0, sizeof(subject));
    subject.message = message;
    subject.scheme = scheme;
    return subject;
}

static struct spnego_finding
make_finding(const struct negoex_session *session, enum spnego_finding_code code,
             const struct negoex_message *message)
{
    struct spnego_finding finding =
        {(uint16_t)code, spnego_finding_severity(code, 0), 0, 0, 0, 0, NULL};

    if (message != NULL && session->in.ptr != NULL) {
        finding.off = (size_t)(message->raw.ptr - session->in.ptr);
        finding.len = message->raw.len;
    }
    return finding;
}

/* The last failure is the reason: it knows what the others meant. */
static void
keep_failure(struct negoex_session *session, const struct spnego_finding *finding,
             const struct spnego_subject *subject)
{
    session->failure = *finding;
    session->failure.path = NULL;
    put_words(session, session->failure_words, sizeof(session->failure_words), finding,
              subject);
}

enum spnego_status
negoex_fail(struct negoex_session *session, enum spnego_status status,
            enum spnego_finding_code code, const struct negoex_message *message,
            const struct negoex_guid *scheme)
{
    struct spnego_finding finding = make_finding(session, code, message);
    struct spnego_subject subject = about(message, scheme);

    keep_failure(session, &finding, &subject);
    return status;
}

enum spnego_status
negoex_fail_numbers(struct negoex_session *session, enum spnego_status status,
                    enum spnego_finding_code code, const struct negoex_message *message,
                    uint64_t got, uint64_t want)
{
    struct spnego_finding finding = make_finding(session, code, message);
    struct spnego_subject subject = about(message, NULL);

    if (session->count > 0)
        subject.scheme = negoex_scheme_at(session, 0);
    finding.got = got;
    finding.want = want;
    keep_failure(session, &finding, &subject);
    return status;
}

void
negoex_forget_failure(struct negoex_session *session, struct negoex_flight *flight)
{
    spnego_buf_clear(&flight->token);
    flight->mech_failed = false;
    session->failure.code = 0;
    session->failure_words[0] = '\0';
}

static void
tell_remark(const struct negoex_session *session, const struct spnego_finding *finding,
            const struct spnego_subject *subject)
{
    char words[256];

    if (session->config.on_event == NULL)
        return;
    put_words(session, words, sizeof(words), finding, subject);
    tell_finding(session, NEGOEX_EVENT_FINDING, finding, words);
}

void
negoex_remark(struct negoex_session *session, enum spnego_finding_code code,
              const struct negoex_message *message, const struct negoex_guid *scheme)
{
    struct spnego_finding finding = make_finding(session, code, message);
    struct spnego_subject subject = about(message, scheme);

    tell_remark(session, &finding, &subject);
}

/* What is heard of a decoder, and where in the token its input begins. */
struct hearing {
    struct negoex_session *session;
    size_t off;
};

/* A decoder's error is why the conversation fails; the rest is only told. */
static void
hear_decoder(void *arg, const struct spnego_finding *finding)
{
    struct spnego_subject nobody = about(NULL, NULL);
    const struct hearing *hearing = (const struct hearing *)arg;
    struct spnego_finding placed = *finding;

    placed.off += hearing->off;
    if (finding->severity == SPNEGO_ERROR)
        keep_failure(hearing->session, &placed, &nobody);
    else
        tell_remark(hearing->session, &placed, &nobody);
}

enum spnego_status
negoex_decode(struct negoex_session *session, struct negoex_message *out, size_t *used,
              struct spnego_slice in)
{
    struct spnego_decode_opts opts = {sizeof(opts), 0, 0, 0, hear_decoder, NULL, NULL};
    struct hearing hearing = {session, (size_t)(in.ptr - session->in.ptr)};
    enum spnego_status status;

    opts.max_len = SPNEGO_MAX_MAX_LEN;
    opts.max_items = session->config.max_items;
    opts.arg = &hearing;
    status = negoex_message_decode(out, used, in, &opts);
    return status == SPNEGO_E_TRUNCATED ? SPNEGO_E_MALFORMED : status;
}
