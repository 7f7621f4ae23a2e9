/* reader.c: starting a decode, and telling about it.  The reads themselves are
 * in der.c and fixed.c. */
#include "reader.h"

static const struct spnego_decode_opts default_opts = {
    sizeof(struct spnego_decode_opts), 0, 0, 0, NULL, NULL, NULL,
};

const struct spnego_decode_opts spnego_lenient_opts = {
    sizeof(struct spnego_decode_opts),
    SPNEGO_TOLERATE_CODEC,
    SIZE_MAX,
    UINT32_MAX,
    NULL,
    NULL,
    NULL,
};

void
spnego_reader_start(struct spnego_reader *r, struct spnego_decoding *decoding,
                    struct spnego_slice in, const struct spnego_decode_opts *opts)
{
    size_t max_len;

    decoding->base = in.ptr;
    decoding->opts = opts != NULL ? opts : &default_opts;
    decoding->status = SPNEGO_OK;
    decoding->field = NULL;
    decoding->max_items = decoding->opts->max_items;
    if (decoding->max_items == 0)
        decoding->max_items = SPNEGO_DEFAULT_MAX_ITEMS;
    r->decoding = decoding;
    r->start = 0;
    r->off = 0;
    r->end = in.len;
    r->path.parent = NULL;
    r->path.desc = NULL;
    r->path.index = SPNEGO_NO_INDEX;

    max_len = decoding->opts->max_len;
    if (max_len == 0)
        max_len = SPNEGO_DEFAULT_MAX_LEN;
    if (in.len > max_len)
        spnego_fail_as(r, SPNEGO_E_LIMIT, SPN1026_MAX_LEN, 0, in.len, in.len, max_len);
}

/* The place that a report is about: the reader's own, or a field of it. */
static struct spnego_path
current_path(const struct spnego_reader *r)
{
    struct spnego_path path = r->path;

    if (r->decoding->field != NULL) {
        path.parent = &r->path;
        path.desc = r->decoding->field;
        path.index = SPNEGO_NO_INDEX;
    }
    return path;
}

void
spnego_remark(struct spnego_reader *r, enum spnego_severity severity,
              enum spnego_finding_code code, size_t off, size_t len, uint64_t got,
              uint64_t want)
{
    const struct spnego_decode_opts *opts = r->decoding->opts;
    struct spnego_path path = current_path(r);
    struct spnego_finding finding = {(uint16_t)code, severity, off, len, got, want, &path};

    if (opts->on_finding != NULL)
        opts->on_finding(opts->arg, &finding);
}

void
spnego_fail_as(struct spnego_reader *r, enum spnego_status status,
               enum spnego_finding_code code, size_t off, size_t len, uint64_t got,
               uint64_t want)
{
    if (r->decoding->status != SPNEGO_OK)
        return;
    r->decoding->status = status;
    spnego_remark(r, SPNEGO_ERROR, code, off, len, got, want);
}

void
spnego_fail_malformed(struct spnego_reader *r, enum spnego_finding_code code, size_t off,
                      size_t len, uint64_t got, uint64_t want)
{
    spnego_fail_as(r, SPNEGO_E_MALFORMED, code, off, len, got, want);
}

bool
spnego_tolerate(struct spnego_reader *r, unsigned bit, enum spnego_finding_code code,
                size_t off, size_t len, uint64_t got)
{
    if ((r->decoding->opts->tolerate & bit) == 0)
        return spnego_fail(r, code, off, len, got, 0);
    spnego_remark(r, SPNEGO_WARNING, code, off, len, got, 0);
    return true;
}

static void
report(struct spnego_reader *r, struct spnego_element element)
{
    const struct spnego_decode_opts *opts = r->decoding->opts;
    struct spnego_path path = current_path(r);

    element.path = &path;
    opts->on_element(opts->arg, &element);
}

void
spnego_report_open(struct spnego_reader *r, size_t off, size_t len)
{
    struct spnego_element element = {NULL, false, off, len, off, len, 0};

    report(r, element);
}

void
spnego_report_value(struct spnego_reader *r, size_t off, size_t len, size_t value_off,
                    size_t value_len, uint64_t value)
{
    struct spnego_element element = {NULL, true, off, len, value_off, value_len, value};

    report(r, element);
}
