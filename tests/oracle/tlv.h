/* tlv.h: an input as a tree of elements, for changes that keep the rest of it
 * whole. */
#ifndef ORACLE_TLV_H
#define ORACLE_TLV_H

#include "oracle.h"

#define TLV_MAX 200
#define NO_NODE TLV_MAX

struct node {
    size_t off;    /* of the tag */
    size_t head;   /* octets of tag and length */
    size_t len;    /* of the contents */
    size_t parent; /* NO_NODE: stands in nothing */
};

struct tree {
    struct input *in;
    size_t count;
    struct node nodes[TLV_MAX];
};

/* Level after level, as far as the lengths are right. */
void tree_read(struct tree *tree, struct input *in);

/* Any node, or any with `tag`; NO_NODE if there is none. */
size_t tree_any(const struct tree *tree, struct random_source *r);
size_t tree_any_tagged(const struct tree *tree, uint8_t tag, struct random_source *r);

/* Replaces octets inside `holder`, then mends the lengths of all that they
 * stand in.  The tree is out of date after it. */
void tree_edit(struct tree *tree, size_t holder, size_t off, size_t cut, const uint8_t *put,
               size_t put_len);

/* Writes a length in the fewest octets. */
size_t put_length(uint8_t out[5], size_t len);

#endif
