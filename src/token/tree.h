/* tree.h: what the decoders have read, as a tree.
 *
 * The decoders report each element as they read it (struct spnego_element);
 * here the reports become nodes, which the reports print.  So a token that
 * breaks off is shown as far as the decoder came. */
#ifndef TREE_H
#define TREE_H

#include "token_class.h"

struct remark;

struct node {
    const struct spnego_desc *desc;
    uint32_t index; /* in a list; or SPNEGO_NO_INDEX */
    bool has_value;
    size_t off; /* octets, from the start of the input */
    size_t len;
    size_t value_off;
    size_t value_len;
    uint64_t value;
    bool measured;            /* the decoder has said how long it is */
    struct token_class holds; /* of an OCTET STRING: whose token it is */
    struct node *parent, *first, *last, *next;
    const struct remark *remarks; /* about this node, in the order of their offsets */
};

/* Where the next report belongs. */
struct tree_place {
    struct node *open[16]; /* the path of the last report, from the root */
    size_t depth;
    size_t base; /* where the decoder's input stands in the whole */
};

/* Who reports something else in between keeps `at`, and puts it back. */
struct tree {
    struct node root; /* stands for the input */
    struct tree_place at;
    bool no_memory;
};

void tree_start(struct tree *tree, size_t len);
void tree_free(struct tree *tree);

/* tree_below makes a further decode, of octets at `base`, report below
 * `parent`. */
void tree_below(struct tree *tree, struct node *parent, size_t base);

/* tree_add takes one report. */
void tree_add(struct tree *tree, const struct spnego_element *element);

/* tree_kind returns what sort of value a node has. */
enum spnego_kind tree_kind(const struct node *node);

/* tree_child returns the node right below `node` with this name, or NULL. */
struct node *tree_child(const struct node *node, const char *name);

/* tree_find returns the first node with this name, or NULL. */
struct node *tree_find(struct node *node, const char *name);

/* tree_cover returns the deepest node around `len` octets at `off`. */
struct node *tree_cover(struct node *node, size_t off, size_t len);

/* tree_next returns the node behind `node` in the order of the text, or NULL. */
struct node *tree_next(struct node *node);

#endif
