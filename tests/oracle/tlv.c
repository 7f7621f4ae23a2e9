/* tlv.c: tlv.h says what each function is for. */
#include "tlv.h"

/* Reads the element at `off`; it must end by `end`. */
static bool
read_node(struct node *node, const struct input *in, size_t off, size_t end)
{
    size_t octets, i;

    if (off + 2 > end)
        return false;
    node->off = off;
    node->head = 2;
    node->len = in->octets[off + 1];
    if (node->len >= 0x80) {
        octets = node->len - 0x80;
        if (octets == 0 || octets > 4 || off + 2 + octets > end)
            return false;
        for (node->len = 0, i = 0; i < octets; i++)
            node->len = node->len << 8 | in->octets[off + 2 + i];
        node->head += octets;
    }
    return node->len <= end - off - node->head;
}

static void
read_children(struct tree *tree, size_t parent, size_t off, size_t end)
{
    struct node *node;

    while (tree->count < TLV_MAX) {
        node = &tree->nodes[tree->count];
        if (!read_node(node, tree->in, off, end))
            return;
        node->parent = parent;
        off = node->off + node->head + node->len;
        tree->count++;
    }
}

void
tree_read(struct tree *tree, struct input *in)
{
    size_t i, off;

    tree->in = in;
    tree->count = 0;
    read_children(tree, NO_NODE, 0, in->len);
    for (i = 0; i < tree->count; i++) {
        if ((in->octets[tree->nodes[i].off] & 0x20) == 0)
            continue;
        off = tree->nodes[i].off + tree->nodes[i].head;
        read_children(tree, i, off, off + tree->nodes[i].len);
    }
}

size_t
tree_any(const struct tree *tree, struct random_source *r)
{
    return tree->count == 0 ? NO_NODE : random_below(r, tree->count);
}

size_t
tree_any_tagged(const struct tree *tree, uint8_t tag, struct random_source *r)
{
    size_t start = tree_any(tree, r), i, n;

    for (i = 0; i < tree->count; i++) {
        n = (start + i) % tree->count;
        if (tree->in->octets[tree->nodes[n].off] == tag)
            return n;
    }
    return NO_NODE;
}

size_t
put_length(uint8_t out[5], size_t len)
{
    size_t octets = 0, shift;

    if (len < 0x80) {
        out[0] = (uint8_t)len;
        return 1;
    }
    for (shift = 32; shift > 0; shift -= 8)
        if (octets > 0 || len >> (shift - 8) != 0)
            out[++octets] = (uint8_t)(len >> (shift - 8) & 0xff);
    out[0] = (uint8_t)(0x80 + octets);
    return octets + 1;
}

void
tree_edit(struct tree *tree, size_t holder, size_t off, size_t cut, const uint8_t *put,
          size_t put_len)
{
    struct input *in = tree->in;
    size_t was = in->len, octets;
    uint8_t length[5];
    const struct node *node;

    splice(in, off, cut, put, put_len);
    for (; holder != NO_NODE; holder = node->parent) {
        node = &tree->nodes[holder];
        /* All that the input has grown by so far, it has grown in here. */
        octets = put_length(length, node->len + in->len - was);
        splice(in, node->off + 1, node->head - 1, length, octets);
    }
}
