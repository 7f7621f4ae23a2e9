/* load.c: reading a whole file into memory, up to a limit. */
#include "load.h"

#include <errno.h>
#include <sys/stat.h>

static bool
fail(char *error, size_t cap, const char *what)
{
    snprintf(error, cap, "%s", what);
    return false;
}

static bool
read_all(struct input_octets *out, FILE *stream, char *error, size_t cap)
{
    size_t room = 0, got;
    uint8_t *grown;

    for (;;) {
        if (out->len == room) {
            room = room != 0 ? 2 * room : 65536;
            grown = realloc(out->ptr, room);
            if (grown == NULL)
                return fail(error, cap, "no memory to read it");
            out->ptr = grown;
        }
        got = fread(out->ptr + out->len, 1, room - out->len, stream);
        out->len += got;
        if (out->len > LOAD_LIMIT) {
            snprintf(error, cap, "it is larger than %u MiB, the most that is read",
                     LOAD_LIMIT >> 20);
            return false;
        }
        /* At a terminal a short read is the end; a further one would wait. */
        if (got == 0 || feof(stream) || ferror(stream))
            break;
    }
    return ferror(stream) ? fail(error, cap, strerror(errno)) : true;
}

bool
load_file(struct input_octets *out, const char *name, char *error, size_t cap)
{
    bool standard = strcmp(name, "-") == 0, done;
    FILE *stream = standard ? stdin : fopen(name, "rb");
    struct stat about;

    out->ptr = NULL;
    out->len = 0;
    if (stream == NULL)
        return fail(error, cap, strerror(errno));
    if (fstat(fileno(stream), &about) == 0 && S_ISDIR(about.st_mode))
        done = fail(error, cap, "it is a directory; expected a file with a token");
    else
        done = read_all(out, stream, error, cap);
    if (!standard)
        fclose(stream);
    if (!done) {
        free(out->ptr);
        out->ptr = NULL;
        out->len = 0;
    }
    return done;
}
