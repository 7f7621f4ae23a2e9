/*
 * A library for LD_PRELOAD that counts the calls to malloc, calloc and realloc
 * of a whole process, shared libraries included, and prints their number to
 * standard error at exit.  Kept out of the bench binary so that the counting
 * slows nobody down.
 */
#include <stddef.h>
#include <stdio.h>

/* The allocator under glibc's public names, always there to be called. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

/* The declarations of <stdlib.h>, which would add attributes of their own. */
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *old, size_t size);

static unsigned long calls;

void *
malloc(size_t size)
{
    calls++;
    return __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
    calls++;
    return __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
    calls++;
    return __libc_realloc(old, size);
}

__attribute__((destructor)) static void
report(void)
{
    fprintf(stderr, "allocations: %lu\n", calls);
}
