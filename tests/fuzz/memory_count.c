/* memory_count.c: counts, compares sizes, and looks whether freed octets were wiped. */
#include "memory_count.h"

#include <sanitizer/allocator_interface.h>
#include <string.h>

/* A call with a wrong `old_len` would break an allocator that believes it. */
static void
look_at_old(const struct memory_count *memory, const uint8_t *ptr, size_t old_len,
            size_t new_len)
{
    size_t i;

    PROMISE((ptr != NULL) == (old_len != 0));
    PROMISE(ptr != NULL || new_len != 0);
    if (ptr == NULL)
        return;
    PROMISE(memory->blocks > 0);
    PROMISE(__sanitizer_get_allocated_size(ptr) == old_len);
    for (i = 0; new_len == 0 && i < old_len; i++)
        PROMISE(ptr[i] == 0);
}

static void *
give(struct memory_count *memory, void *ptr, size_t old_len, size_t new_len)
{
    memory->calls++;
    if (memory->fail_at != 0 && (memory->calls == memory->fail_at ||
                                 (memory->fail_further && memory->calls > memory->fail_at))) {
        memory->refused++;
        return NULL;
    }
    ptr = realloc(ptr, new_len);
    PROMISE(ptr != NULL);
    if (old_len == 0)
        memory->blocks++;
    if (old_len == 0 && memory->largest_first < new_len)
        memory->largest_first = new_len;
    memory->octets += new_len - old_len;
    if (memory->most < memory->octets)
        memory->most = memory->octets;
    /* What was not asked for must not be zero by chance. */
    if (new_len > old_len)
        memset((uint8_t *)ptr + old_len, 0xcd, new_len - old_len);
    return ptr;
}

static void *
resize(void *arg, void *ptr, size_t old_len, size_t new_len)
{
    struct memory_count *memory = (struct memory_count *)arg;

    look_at_old(memory, (const uint8_t *)ptr, old_len, new_len);
    if (new_len != 0)
        return give(memory, ptr, old_len, new_len);
    free(ptr);
    memory->blocks--;
    memory->octets -= old_len;
    return NULL;
}

void
memory_count_init(struct memory_count *memory)
{
    memset(memory, 0, sizeof(*memory));
    memory->alloc.resize = resize;
    memory->alloc.arg = memory;
}

void
memory_count_release(struct memory_count *memory, struct spnego_buf *buf)
{
    if (buf->ptr == NULL)
        return;
    memset(buf->ptr, 0, buf->cap);
    resize(memory, buf->ptr, buf->cap, 0);
    memset(buf, 0, sizeof(*buf));
}
