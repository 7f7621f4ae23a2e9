/* output.c: a new file beside the old one, which takes its place when it is whole. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file behind all links: its folder is where the new one is made. */
static char *
target_of(const char *name, bool exists)
{
    return exists ? realpath(name, NULL) : strdup(name);
}

static char *
name_beside(const char *target)
{
    static const char end[] = ".XXXXXX";
    size_t len = strlen(target);
    char *name = malloc(len + sizeof(end));

    if (name != NULL) {
        memcpy(name, target, len);
        memcpy(name + len, end, sizeof(end));
    }
    return name;
}

/* mkstemp's file is for its owner alone: this one is for whom the old one was, or for whom
 * fopen's would be. */
static bool
open_up(int file, const struct stat *old)
{
    mode_t mask = umask(0);

    umask(mask);
    return fchmod(file, old != NULL ? old->st_mode & 0777 : 0666 & ~mask) == 0;
}

static bool
open_beside(struct output *output, const char *name, const struct stat *old)
{
    int file, error;

    output->target = target_of(name, old != NULL);
    output->half = output->target != NULL ? name_beside(output->target) : NULL;
    if (output->half == NULL || (old != NULL && access(output->target, W_OK) != 0))
        return false;
    file = mkstemp(output->half);
    if (file < 0)
        return false;
    if (open_up(file, old))
        output->stream = fdopen(file, "wb");
    if (output->stream != NULL)
        return true;
    error = errno;
    close(file);
    unlink(output->half);
    errno = error;
    return false;
}

static void
drop_names(struct output *output)
{
    int error = errno;

    free(output->target);
    free(output->half);
    errno = error;
}

bool
output_open(struct output *output, const char *name)
{
    struct stat about;
    bool exists = stat(name, &about) == 0, is_new = !exists && lstat(name, &about) != 0;

    memset(output, 0, sizeof(*output));
    if (is_new || (exists && S_ISREG(about.st_mode)))
        (void)open_beside(output, name, exists ? &about : NULL);
    else
        output->stream = fopen(name, "wb");
    if (output->stream == NULL)
        drop_names(output);
    return output->stream != NULL;
}

bool
output_close(struct output *output, bool whole)
{
    int error = errno;

    if (fclose(output->stream) != 0 && whole) {
        error = errno;
        whole = false;
    }
    if (output->half != NULL && whole && rename(output->half, output->target) != 0) {
        error = errno;
        whole = false;
    }
    if (output->half != NULL && !whole)
        unlink(output->half);
    errno = error;
    drop_names(output);
    return whole;
}
