/* tree.c: reports to nodes.  Nothing here recurses. */
#include "tree.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH (sizeof(((struct tree_place *)0)->open) / sizeof(struct node *))

/* One step from the root to a reported element. */
struct step {
    const struct spnego_desc *desc;
    uint32_t index;
};

void
tree_start(struct tree *tree, size_t len)
{
    memset(tree, 0, sizeof(*tree));
    tree->root.len = len;
    tree->root.index = SPNEGO_NO_INDEX;
    tree_below(tree, &tree->root, 0);
}

void
tree_below(struct tree *tree, struct node *parent, size_t base)
{
    tree->at.open[0] = parent;
    tree->at.depth = 1;
    tree->at.base = base;
}

struct node *
tree_next(struct node *node)
{
    if (node->first != NULL)
        return node->first;
    while (node != NULL && node->next == NULL)
        node = node->parent;
    return node != NULL ? node->next : NULL;
}

void
tree_free(struct tree *tree)
{
    struct node *node = tree->root.first, *up;

    while (node != NULL && node != &tree->root) {
        if (node->first != NULL) {
            up = node->first;
            node->first = NULL;
            node = up;
            continue;
        }
        up = node->next != NULL ? node->next : node->parent;
        free(node);
        node = up;
    }
    tree->root.first = NULL;
}

/* The steps of a path from the top; an index makes a step of its own, so that
 * elements stand below their list.  Returns 0 if there are too many. */
static size_t
steps_of(struct step steps[], const struct spnego_path *path)
{
    struct step reversed[MAX_DEPTH];
    size_t count = 0, i;

    for (; path != NULL && path->desc != NULL; path = path->parent) {
        if (count + 2 > MAX_DEPTH)
            return 0;
        if (path->index != SPNEGO_NO_INDEX) {
            reversed[count].desc = path->desc;
            reversed[count++].index = path->index;
        }
        reversed[count].desc = path->desc;
        reversed[count++].index = SPNEGO_NO_INDEX;
    }
    for (i = 0; i < count; i++)
        steps[i] = reversed[count - 1 - i];
    return count;
}

static struct node *
add_child(struct tree *tree, struct node *parent, struct step step, size_t off)
{
    struct node *node = calloc(1, sizeof(*node));

    if (node == NULL) {
        tree->no_memory = true;
        return NULL;
    }
    node->desc = step.desc;
    node->index = step.index;
    node->off = off;
    node->parent = parent;
    if (parent->last != NULL)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

/* Goes down along `steps` as far as the open nodes agree, and opens the rest. */
static struct node *
descend(struct tree *tree, const struct step steps[], size_t count, size_t off, bool has_value)
{
    size_t i;

    for (i = 0; i < count; i++) {
        bool leaf = i + 1 == count;
        struct node *open = i + 1 < tree->at.depth ? tree->at.open[i + 1] : NULL;

        if (open != NULL && open->desc == steps[i].desc && open->index == steps[i].index &&
            !(leaf && (has_value ? open->has_value : open->off != off)))
            continue;
        open = add_child(tree, tree->at.open[i], steps[i], off);
        if (open == NULL)
            return NULL;
        tree->at.open[i + 1] = open;
        tree->at.depth = i + 2;
    }
    tree->at.depth = count + 1;
    return tree->at.open[count];
}

/* A structure that breaks off is as long as what was read of it. */
static void
cover_child(struct node *node)
{
    struct node *parent = node->parent;

    for (; parent->desc != NULL && !parent->measured; node = parent, parent = parent->parent)
        if (node->off + node->len > parent->off + parent->len)
            parent->len = node->off + node->len - parent->off;
}

void
tree_add(struct tree *tree, const struct spnego_element *element)
{
    struct step steps[MAX_DEPTH];
    size_t count = steps_of(steps, element->path), off = tree->at.base + element->off;
    struct node *node;

    if (count == 0 || count >= MAX_DEPTH || tree->no_memory)
        return;
    node = descend(tree, steps, count, off, element->has_value);
    if (node == NULL)
        return;
    /* A field's own octets cover its value's; keep them. */
    if (!element->has_value || !node->measured)
        node->len = element->len;
    node->measured = true;
    cover_child(node);
    if (element->has_value) {
        node->has_value = true;
        node->value_off = tree->at.base + element->value_off;
        node->value_len = element->value_len;
        node->value = element->value;
    }
}

enum spnego_kind
tree_kind(const struct node *node)
{
    if (node->index != SPNEGO_NO_INDEX)
        return (enum spnego_kind)node->desc->element;
    return (enum spnego_kind)node->desc->kind;
}

struct node *
tree_child(const struct node *node, const char *name)
{
    struct node *child = node->first;

    while (child != NULL && strcmp(child->desc->name, name) != 0)
        child = child->next;
    return child;
}

struct node *
tree_find(struct node *node, const char *name)
{
    for (; node != NULL; node = tree_next(node))
        if (node->desc != NULL && strcmp(node->desc->name, name) == 0)
            return node;
    return NULL;
}

struct node *
tree_cover(struct node *node, size_t off, size_t len)
{
    struct node *child = node->first;

    while (child != NULL) {
        if (off >= child->off && off - child->off <= child->len &&
            len <= child->len - (off - child->off) && (len > 0 || child->len > 0)) {
            node = child;
            child = node->first;
        } else {
            child = child->next;
        }
    }
    return node;
}
