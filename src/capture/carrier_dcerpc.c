/* carrier_dcerpc.c: the token behind the sec_trailer of a connection's first PDUs.
 * Source: C706 12.6.3, 12.6.4; [MS-RPCE] 2.2.2.11. */
#include "carrier.h"
#include "octets.h"

enum {
    PDU_BIND = 11,
    PDU_BIND_ACK = 12,
    PDU_BIND_NAK = 13,
    PDU_ALTER_CONTEXT = 14,
    PDU_ALTER_CONTEXT_RESP = 15,
    PDU_AUTH3 = 16,
    HEADER = 16,
    SEC_TRAILER = 8,
    SYNTAX = 20, /* a p_syntax_id_t: a UUID and its version */
    AUTH_SPNEGO = 9
};

struct pdu {
    struct spnego_slice octets; /* frag_length of them */
    uint64_t type;
    bool big; /* the numbers are big-endian */
};

static uint64_t
number(const struct pdu *pdu, size_t off, size_t size)
{
    return pdu->big ? octets_be(pdu->octets, off, size) : octets_le(pdu->octets, off, size);
}

/* Where p_context_list ends. */
static size_t
end_of_contexts(const struct pdu *pdu)
{
    size_t at = HEADER + 12;
    uint64_t left = number(pdu, HEADER + 8, 1);

    for (; left > 0 && at < pdu->octets.len; left--)
        at += 4 + SYNTAX + SYNTAX * (size_t)number(pdu, at + 2, 1);
    return at;
}

/* Where p_result_list ends, behind a sec_addr of any length. */
static size_t
end_of_results(const struct pdu *pdu)
{
    size_t at = HEADER + 8 + 2 + (size_t)number(pdu, HEADER + 8, 2);

    at = (at + 3) / 4 * 4;
    return at + 4 + (4 + SYNTAX) * (size_t)number(pdu, at, 1);
}

/* The sec_trailer stands behind the body and auth_pad_length octets (W06).  The body of
 * auth3 has no length of its own. */
static bool
is_in_place(const struct pdu *pdu, size_t trailer)
{
    size_t padding = (size_t)number(pdu, trailer + 2, 1);

    if (pdu->type == PDU_AUTH3)
        return true;
    if (pdu->type == PDU_BIND || pdu->type == PDU_ALTER_CONTEXT)
        return end_of_contexts(pdu) + padding == trailer;
    return end_of_results(pdu) + padding == trailer;
}

/* False if the PDU has no token of SPNEGO's. */
static bool
read_trailer(struct carrier_message *message, const struct pdu *pdu)
{
    size_t length = (size_t)number(pdu, 10, 2), trailer;

    if (length == 0)
        return false;
    if (length + SEC_TRAILER + HEADER > pdu->octets.len) {
        carrier_remark(message, SPN8007_DCERPC_TRAILER, 0, 0);
        return true;
    }
    trailer = pdu->octets.len - length - SEC_TRAILER;
    if (!is_in_place(pdu, trailer))
        carrier_remark(message, SPN8007_DCERPC_TRAILER, 0, 0);
    if (number(pdu, trailer, 1) == AUTH_SPNEGO) {
        message->session = number(pdu, trailer + 4, 4);
        message->blob = octets_part(pdu->octets, trailer + SEC_TRAILER, length);
        message->has_blob = true;
    }
    return message->has_blob || message->remark_count > 0;
}

static void
read_pdu(const struct pdu *pdu, bool whole, carrier_emit_fn *emit, void *arg)
{
    struct carrier_message message = {.carrier = CARRIER_DCERPC};

    if (number(pdu, 0, 1) != 5 || pdu->type < PDU_BIND || pdu->type > PDU_AUTH3)
        return;
    message.side =
        pdu->type == PDU_BIND || pdu->type == PDU_ALTER_CONTEXT || pdu->type == PDU_AUTH3
            ? SIDE_INITIATOR
            : SIDE_ACCEPTOR;
    message.message = number(pdu, 12, 4);
    message.cut = !whole;
    if (pdu->type == PDU_BIND_NAK)
        message.outcome = CARRIER_FAILURE;
    else if (!whole)
        carrier_remark(&message, SPN8007_DCERPC_TRAILER, 0, 0);
    else if (!read_trailer(&message, pdu))
        return;
    if (whole || number(pdu, 10, 2) > 0)
        emit(arg, &message);
}

void
carrier_read_dcerpc(struct spnego_slice octets, carrier_emit_fn *emit, void *arg)
{
    size_t length;

    while (octets.len >= HEADER) {
        struct pdu pdu = {octets, octets.ptr[2], (octets.ptr[4] & 0x10) == 0};
        bool whole;

        length = (size_t)number(&pdu, 8, 2);
        whole = length >= HEADER && length <= octets.len;
        if (whole)
            pdu.octets = octets_part(octets, 0, length);
        read_pdu(&pdu, whole, emit, arg);
        if (!whole)
            return;
        octets = (struct spnego_slice){octets.ptr + length, octets.len - length};
    }
}
