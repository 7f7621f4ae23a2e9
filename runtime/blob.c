/* blob.c: numbers and runs of octets, put together and taken apart. */
#include "blob.h"

void
spnego_save_octets(struct spnego_saving *saving, const void *octets, size_t len)
{
    enum spnego_status status;

    if (saving->status == SPNEGO_E_MEMORY)
        return; /* after SPNEGO_E_SPACE it goes on, to count */
    status = spnego_buf_append(saving->out, octets, len);
    if (status != SPNEGO_OK)
        saving->status = status;
}

void
spnego_save_number(struct spnego_saving *saving, uint64_t value, size_t size)
{
    uint8_t octets[SPNEGO_BLOB_NUMBER];
    size_t i;

    for (i = 0; i < size; i++, value >>= 8)
        octets[i] = (uint8_t)value;
    spnego_save_octets(saving, octets, size);
}

void
spnego_save_run(struct spnego_saving *saving, struct spnego_slice octets)
{
    spnego_save_number(saving, octets.len, SPNEGO_BLOB_NUMBER);
    spnego_save_octets(saving, octets.ptr, octets.len);
}

struct spnego_slice
spnego_load_octets(struct spnego_loading *loading, uint64_t len)
{
    struct spnego_slice octets = {NULL, 0};

    if (loading->status == SPNEGO_OK && len > loading->left.len)
        loading->status = SPNEGO_E_MALFORMED;
    if (loading->status != SPNEGO_OK)
        return octets;
    octets.ptr = loading->left.ptr;
    octets.len = (size_t)len;
    loading->left.ptr += octets.len;
    loading->left.len -= octets.len;
    return octets;
}

uint64_t
spnego_load_number(struct spnego_loading *loading, size_t size, uint64_t max)
{
    struct spnego_slice octets = spnego_load_octets(loading, size);
    uint64_t value = 0;

    while (octets.len > 0)
        value = value * 256 + octets.ptr[--octets.len];
    if (loading->status == SPNEGO_OK && value > max)
        loading->status = SPNEGO_E_MALFORMED;
    return loading->status == SPNEGO_OK ? value : 0;
}

struct spnego_slice
spnego_load_run(struct spnego_loading *loading)
{
    return spnego_load_octets(loading, spnego_load_number(loading, SPNEGO_BLOB_NUMBER,
                                                          SPNEGO_BLOB_MAX_RUN));
}

void
spnego_load_copy(struct spnego_loading *loading, struct spnego_buf *out)
{
    struct spnego_slice octets = spnego_load_run(loading);

    if (loading->status == SPNEGO_OK)
        loading->status = spnego_buf_append(out, octets.ptr, octets.len);
}
