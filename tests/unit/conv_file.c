/* conv_file.c: reads a header of keys, and a conversation behind it. */
#include "conv_file.h"

#include "conversation_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define BODY_LIMIT 65536

static bool fail(struct conv_file *file, const char *name, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static bool
fail(struct conv_file *file, const char *name, size_t line, const char *format, ...)
{
    int used = snprintf(file->error, sizeof(file->error), "%s:%zu: ", name, line);
    va_list args;

    va_start(args, format);
    vsnprintf(file->error + used, sizeof(file->error) - (size_t)used, format, args);
    va_end(args);
    return false;
}

/* Where the value of a key goes. */
static char *
place_of(struct conv_file *file, const char *key, size_t *cap)
{
    const struct {
        const char *key;
        char *place;
        size_t cap;
    } places[] = {
        {"title", file->title, sizeof(file->title)},
        {"source", file->source, sizeof(file->source)},
        {"profile", file->profile, sizeof(file->profile)},
        {"verdict", file->verdict, sizeof(file->verdict)},
        {"outcome", file->outcome, sizeof(file->outcome)},
        {"expect", file->expect, sizeof(file->expect)},
        {"notes", file->notes, sizeof(file->notes)},
        {"near", file->near, sizeof(file->near)},
    };
    size_t i;

    for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        if (strcmp(places[i].key, key) == 0) {
            *cap = places[i].cap;
            return places[i].place;
        }
    return NULL;
}

static bool
take_key(struct conv_file *file, char *text, const char *name, size_t line)
{
    char *colon = strchr(text, ':'), *value, *place;
    size_t cap = 0;

    if (colon == NULL)
        return fail(file, name, line, "no key in \"%s\"; a blank line ends the header", text);
    *colon = '\0';
    value = colon + 1 + strspn(colon + 1, " ");
    if (strcmp(text, "key") == 0) {
        size_t len = strlen(file->keys);

        snprintf(file->keys + len, sizeof(file->keys) - len, "%s\n", value);
        return true;
    }
    place = place_of(file, text, &cap);
    if (place == NULL)
        return fail(file, name, line, "unknown key \"%s\"", text);
    if (place[0] != '\0')
        return fail(file, name, line, "%s stands twice", text);
    if (strlen(value) >= cap)
        return fail(file, name, line, "%s is too long", text);
    strcpy(place, value);
    file->has_notes |= strcmp(text, "notes") == 0;
    return true;
}

static bool
is_one_of(const char *value, const char *const words[])
{
    for (; *words != NULL; words++)
        if (strcmp(value, *words) == 0)
            return true;
    return false;
}

static bool
check_header(struct conv_file *file, const char *name, size_t line)
{
    static const char *const profiles[] = {"", "interop", "strict", NULL};
    static const char *const verdicts[] = {"valid", "warning", "invalid", NULL};
    static const char *const outcomes[] = {"complete", "rejected", "unfinished", "broken",
                                           NULL};

    if (file->title[0] == '\0' || file->source[0] == '\0')
        return fail(file, name, line, "title or source is missing");
    if (!is_one_of(file->profile, profiles))
        return fail(file, name, line, "\"%s\" is not interop or strict", file->profile);
    if (!is_one_of(file->verdict, verdicts))
        return fail(file, name, line, "\"%s\" is not valid, warning or invalid", file->verdict);
    if (!is_one_of(file->outcome, outcomes))
        return fail(file, name, line, "\"%s\" is no outcome", file->outcome);
    return true;
}

bool
conv_file_read(struct conv_file *file, FILE *stream, const char *name)
{
    char text[1024];
    size_t line = 0;

    memset(file, 0, sizeof(*file));
    for (;;) {
        line++;
        if (fgets(text, sizeof(text), stream) == NULL)
            return fail(file, name, line, "no blank line behind the header");
        text[strcspn(text, "\n")] = '\0';
        if (text[0] == '\0')
            break;
        if (!take_key(file, text, name, line))
            return false;
    }
    if (!check_header(file, name, line))
        return false;
    file->body = malloc(BODY_LIMIT);
    if (file->body == NULL)
        return fail(file, name, line, "no memory");
    file->body_len = fread(file->body, 1, BODY_LIMIT, stream);
    if (file->body_len == BODY_LIMIT)
        return fail(file, name, line, "more than %d octets of text", BODY_LIMIT);
    return true;
}

bool
conv_file_load(struct conv_file *file, const char *name)
{
    FILE *stream = fopen(name, "r");
    bool good;

    if (stream == NULL) {
        memset(file, 0, sizeof(*file));
        return fail(file, name, 0, "%s", strerror(errno));
    }
    good = conv_file_read(file, stream, name);
    fclose(stream);
    return good;
}

void
conv_file_free(struct conv_file *file)
{
    free(file->body);
    file->body = NULL;
}

bool
conv_file_judge(struct conv_file *file, struct conversation *conversation)
{
    struct analysis_setup setup;
    struct spnego_slice text = {(const uint8_t *)file->body, file->body_len};

    memset(&setup, 0, sizeof(setup));
    setup.tolerate = strcmp(file->profile, "strict") == 0 ? 0 : TOLERATE_INTEROP_PROFILE;
    conversation_start(conversation, file->title, &setup);
    return conversation_read(conversation, text, INPUT_HEX, file->error, sizeof(file->error)) &&
           conversation_judge(conversation);
}

bool
conv_file_is_grave(const struct remark *remark)
{
    return remark->severity != SPNEGO_NOTE;
}

bool
conv_file_is_note(const struct remark *remark)
{
    return remark->severity == SPNEGO_NOTE && remark->code / 1000 == 5;
}

void
conv_file_found(char *out, size_t cap, const struct conversation *conversation,
                bool (*wanted)(const struct remark *remark))
{
    size_t len = 0, i, k;

    out[0] = '\0';
    for (i = 0; i < conversation->count; i++)
        for (k = 0; k < conversation->turns[i].analysis.remark_count && len < cap; k++) {
            const struct remark *remark = &conversation->turns[i].analysis.remarks[k];

            if (wanted(remark))
                len += (size_t)snprintf(out + len, cap - len, "%s%zu:SPN%u", len > 0 ? " " : "",
                                        i + 1, remark->code);
        }
}

const char *
conv_file_outcome(const struct conversation *conversation)
{
    static const char *const names[] = {"unfinished", "complete", "rejected", "broken"};

    return names[conversation->outcome];
}

const char *
conv_file_verdict(const struct conversation *conversation)
{
    if (conversation_count(conversation, SPNEGO_ERROR) > 0)
        return "invalid";
    return conversation_count(conversation, SPNEGO_WARNING) > 0 ? "warning" : "valid";
}
