/* mutate_tlv.c: changes to one element.  The lengths around it are right again
 * after most of them, so that what is wrong is one thing only. */
#include "tlv.h"

#include <string.h>

#define SCRATCH 8192

typedef void change(struct tree *tree, size_t n, struct random_source *r);

static size_t
node_end(const struct node *node)
{
    return node->off + node->head + node->len;
}

/* Puts other octets in the place of a whole element. */
static void
replace(struct tree *tree, size_t n, const uint8_t *put, size_t put_len)
{
    const struct node *node = &tree->nodes[n];

    tree_edit(tree, node->parent, node->off, node->head + node->len, put, put_len);
}

static void
set_contents(struct tree *tree, size_t n, const uint8_t *put, size_t put_len)
{
    const struct node *node = &tree->nodes[n];

    tree_edit(tree, n, node->off + node->head, node->len, put, put_len);
}

static void
lie_about_length(struct tree *tree, size_t n, struct random_source *r)
{
    const struct node *node = &tree->nodes[n];
    uint8_t *last = &tree->in->octets[node->off + node->head - 1];

    *last = (uint8_t)(random_below(r, 2) == 0 ? *last + 1 : *last - 1);
}

/* A right length, in more octets than it needs. */
static void
long_length(struct tree *tree, size_t n, struct random_source *r)
{
    const struct node *node = &tree->nodes[n];
    size_t octets = 1 + random_below(r, 5), i;
    uint8_t put[6];

    put[0] = (uint8_t)(0x80 + octets);
    for (i = 0; i < octets; i++)
        put[octets - i] = (uint8_t)((i < 4 ? node->len >> 8 * i : 0) & 0xff);
    tree_edit(tree, node->parent, node->off + 1, node->head - 1, put, 1 + octets);
}

static void
indefinite_length(struct tree *tree, size_t n, struct random_source *r)
{
    const struct node *node = &tree->nodes[n];
    uint8_t put[SCRATCH];

    (void)r;
    if (node->len + 4 > SCRATCH)
        return;
    put[0] = tree->in->octets[node->off];
    put[1] = 0x80;
    memcpy(put + 2, tree->in->octets + node->off + node->head, node->len);
    put[2 + node->len] = put[3 + node->len] = 0;
    replace(tree, n, put, node->len + 4);
}

static void
change_tag(struct tree *tree, size_t n, struct random_source *r)
{
    static const uint8_t tags[] = {
        0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa9, 0xbe, 0xbf, 0x80, 0x81, 0x82,
        0x30, 0x31, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x1b, 0x24, 0x23,
        0x26, 0x2a, 0x3b, 0x60, 0x61, 0x1f, 0x7f, 0xe0, 0x00, 0x10,
    };
    uint8_t *tag = &tree->in->octets[tree->nodes[n].off];

    if (random_below(r, 4) == 0)
        *tag ^= 0x20;
    else
        *tag = tags[random_below(r, sizeof(tags))];
}

/* The element and its neighbour change places. */
static void
swap(struct tree *tree, size_t n, struct random_source *r)
{
    const struct node *first = &tree->nodes[n], *second = first + 1;
    uint8_t put[SCRATCH];
    size_t first_len = first->head + first->len, second_len;

    (void)r;
    if (n + 1 >= tree->count || second->parent != first->parent)
        return;
    second_len = second->head + second->len;
    if (first_len + second_len > SCRATCH)
        return;
    memcpy(put, tree->in->octets + second->off, second_len);
    memcpy(put + second_len, tree->in->octets + first->off, first_len);
    tree_edit(tree, first->parent, first->off, first_len + second_len, put,
              first_len + second_len);
}

/* A second one behind itself, or behind the last of its neighbours. */
static void
duplicate(struct tree *tree, size_t n, struct random_source *r)
{
    const struct node *node = &tree->nodes[n];
    uint8_t put[SCRATCH];
    size_t len = node->head + node->len, off = node_end(node);

    if (len > SCRATCH)
        return;
    if (node->parent != NO_NODE && random_below(r, 2) == 0)
        off = node_end(&tree->nodes[node->parent]);
    memcpy(put, tree->in->octets + node->off, len);
    tree_edit(tree, node->parent, off, 0, put, len);
}

static void
take_out(struct tree *tree, size_t n, struct random_source *r)
{
    (void)r;
    replace(tree, n, NULL, 0);
}

/* A field that the schema does not have: a good one, and every way to spoil
 * it that came to mind. */
static void
unknown_field(struct tree *tree, size_t n, struct random_source *r)
{
    static const uint8_t fields[][10] = {
        {4, 0xa5, 0x02, 0x04, 0x00},
        {6, 0xa5, 0x04, 0x30, 0x02, 0x05, 0x00},
        {2, 0xa5, 0x00},
        {5, 0xa5, 0x03, 0x04, 0x05, 0x00},
        {6, 0xa5, 0x04, 0x30, 0x02, 0x05, 0x07},
        {6, 0xa5, 0x04, 0x30, 0x80, 0x00, 0x00},
        {6, 0xa5, 0x04, 0x04, 0x00, 0x04, 0x00},
        {7, 0xa5, 0x05, 0xbf, 0x03, 0x02, 0x05, 0x00},
        {6, 0xa5, 0x80, 0x05, 0x00, 0x00, 0x00},
        {5, 0xa5, 0x03, 0x04, 0x81, 0x00},
        {4, 0xa5, 0x02, 0x24, 0x00},
        {8, 0xa5, 0x06, 0xbf, 0x1f, 0x03, 0x02, 0x01, 0x05},
        {6, 0xa5, 0x04, 0xbf, 0x81, 0x00, 0x00},
        {6, 0xa5, 0x04, 0xbf, 0x85, 0x00, 0x00},
    };
    const uint8_t *field = fields[random_below(r, sizeof(fields) / sizeof(fields[0]))];
    size_t parent = tree->nodes[n].parent, off = tree->nodes[n].off;
    uint8_t put[10];

    memcpy(put, field + 1, field[0]);
    put[0] = (uint8_t)(0xa5 + random_below(r, 5));
    if (random_below(r, 6) == 0)
        put[0] = (uint8_t)(0xa0 + random_below(r, 32));
    if (random_below(r, 8) == 0)
        put[0] ^= 0x20;
    if (parent != NO_NODE && random_below(r, 3) != 0)
        off = node_end(&tree->nodes[parent]);
    tree_edit(tree, parent, off, 0, put, field[0]);
}

/* BER's string of strings. */
static void
constructed_string(struct tree *tree, size_t n, struct random_source *r)
{
    const struct node *node = &tree->nodes[n];
    const uint8_t *from = tree->in->octets + node->off;
    size_t first = random_below(r, node->len + 1), at;
    uint8_t put[SCRATCH];

    if (node->len + 16 > SCRATCH || (from[0] & 0x20) != 0)
        return;
    put[0] = from[0];
    at = 1 + put_length(put + 1, first);
    memcpy(put + at, from + node->head, first);
    at += first;
    put[at] = from[0];
    at += 1 + put_length(put + at + 1, node->len - first);
    memcpy(put + at, from + node->head + first, node->len - first);
    tree->in->octets[node->off] |= 0x20;
    set_contents(tree, n, put, at + node->len - first);
}

static void
empty(struct tree *tree, size_t n, struct random_source *r)
{
    (void)r;
    set_contents(tree, n, NULL, 0);
}

/* The contents stand where the element stood. */
static void
unwrap(struct tree *tree, size_t n, struct random_source *r)
{
    const struct node *node = &tree->nodes[n];

    (void)r;
    tree_edit(tree, node->parent, node->off, node->head, NULL, 0);
}

static void
wrap(struct tree *tree, size_t n, struct random_source *r)
{
    const struct node *node = &tree->nodes[n];
    size_t len = node->head + node->len;
    uint8_t put[6];

    put[0] = random_below(r, 2) == 0 ? 0x30 : (uint8_t)(0xa0 + random_below(r, 5));
    tree_edit(tree, node->parent, node->off, 0, put, 1 + put_length(put + 1, len));
}

static void
leave_over(struct tree *tree, size_t n, struct random_source *r)
{
    static const uint8_t put[] = {0x05, 0x00, 0x00};

    tree_edit(tree, n, node_end(&tree->nodes[n]), 0, put, 1 + random_below(r, sizeof(put)));
}

static void
spoil_oid(struct tree *tree, size_t n, struct random_source *r)
{
    static const uint8_t pad[] = {0x80};
    const struct node *node = &tree->nodes[n];
    size_t off = node->off + node->head;

    switch (random_below(r, 4)) {
    case 0:
        tree_edit(tree, n, off + random_below(r, node->len + 1), 0, pad, 1);
        break;
    case 1:
        if (node->len > 0)
            tree->in->octets[off + random_below(r, node->len)] |= 0x80;
        break;
    case 2:
        if (node->len > 0)
            tree->in->octets[off + node->len - 1] |= 0x80;
        break;
    default:
        set_contents(tree, n, NULL, 0);
    }
}

static void
spoil_state(struct tree *tree, size_t n, struct random_source *r)
{
    static const uint8_t states[][2] = {{0, 1}, {0, 0}, {0xff, 0xff}, {1, 0}, {0, 0x80}};
    uint8_t state = (uint8_t)random_below(r, 9);

    if (random_below(r, 2) == 0)
        set_contents(tree, n, states[random_below(r, 5)], random_below(r, 3));
    else
        set_contents(tree, n, &state, 1);
}

static void
spoil_flags(struct tree *tree, size_t n, struct random_source *r)
{
    uint8_t put[7];
    size_t i;

    for (i = 0; i < sizeof(put); i++)
        put[i] = (uint8_t)random_next(r);
    put[0] = (uint8_t)random_below(r, random_below(r, 4) == 0 ? 256 : 9);
    if (random_below(r, 2) == 0) /* trimmed, so that only the rest is wrong */
        for (i = 1; i < sizeof(put); i++)
            put[i] = (uint8_t)((put[i] | 1u) << (put[0] & 7u));
    set_contents(tree, n, put, random_below(r, sizeof(put) + 1));
}

void
mutate_tlv(struct input *in, struct random_source *r)
{
    static change *const changes[] = {
        lie_about_length,
        long_length,
        indefinite_length,
        change_tag,
        swap,
        duplicate,
        take_out,
        unknown_field,
        empty,
        unwrap,
        wrap,
        leave_over,
        unknown_field,
        constructed_string,
    };
    static const struct {
        uint8_t tag;
        change *change;
    } aimed[] = {
        {0x06, spoil_oid},
        {0x0a, spoil_state},
        {0x03, spoil_flags},
        {0x04, constructed_string},
        {0x03, constructed_string},
        {0x1b, constructed_string},
        {0x30, indefinite_length},
        {0x30, unwrap},
        {0x30, empty},
    };
    struct tree tree;
    size_t choice = random_below(r, 20), n;

    tree_read(&tree, in);
    if (choice < 14) {
        n = tree_any(&tree, r);
        if (n != NO_NODE)
            changes[choice](&tree, n, r);
        return;
    }
    choice = random_below(r, sizeof(aimed) / sizeof(aimed[0]));
    n = tree_any_tagged(&tree, aimed[choice].tag, r);
    if (n != NO_NODE)
        aimed[choice].change(&tree, n, r);
}
