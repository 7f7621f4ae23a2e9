/* check_conversation.c: the tokens of one negotiation, from one file or from a file each. */
#include "conversation_file.h"
#include "ladder.h"
#include "load.h"
#include "output.h"
#include "run.h"

#include <errno.h>

static void
write_svg(struct run *run, const struct conversation *conversation)
{
    struct origin origin = {run->options->svg, 0, {NULL, 0}, NULL};
    struct output output;

    if (!output_open(&output, origin.name) ||
        !output_close(&output, ladder_svg(output.stream, conversation)))
        run_fail(run, &origin, strerror(errno));
}

/* Adds what one file holds: one token if there are several files, or if its name says
 * whose it is. */
static bool
add_file(struct run *run, struct conversation *conversation, const char *name, bool one)
{
    struct origin origin = {name, 0, {NULL, 0}, NULL};
    enum side side = conversation_file_side(&name);
    struct input_octets text;
    struct spnego_slice slice;
    char error[512];
    bool done;

    origin.name = strcmp(name, "-") == 0 ? "standard input" : name;
    if (!load_file(&text, name, error, sizeof(error))) {
        run_refuse(run, &origin, error);
        return false;
    }
    slice.ptr = text.ptr;
    slice.len = text.len;
    if (one || side != SIDE_UNKNOWN)
        done = conversation_read_one(conversation, side, slice, run->options->from, origin.name,
                                     error, sizeof(error));
    else
        done = conversation_read(conversation, slice, run->options->from, error, sizeof(error));
    free(text.ptr);
    if (!done)
        run_refuse(run, &origin, error);
    return done;
}

void
check_conversation(struct run *run, size_t count, char *const names[])
{
    struct analysis_setup setup = {run->options->tolerate, SIDE_UNKNOWN, false};
    struct origin origin = {names[0], 0, {NULL, 0}, NULL};
    struct conversation conversation;
    bool done = true;
    size_t i;

    (void)conversation_file_side(&origin.name);
    if (strcmp(origin.name, "-") == 0)
        origin.name = "standard input";
    conversation_start(&conversation, origin.name, &setup);
    for (i = 0; i < count && done; i++)
        done = add_file(run, &conversation, names[i], count > 1);
    if (done && conversation.count == 0) {
        run_refuse(run, &origin, "there is no token in it");
    } else if (done) {
        run_conversation(run, &conversation);
        if (run->options->svg != NULL)
            write_svg(run, &conversation);
    }
    conversation_free(&conversation);
}
