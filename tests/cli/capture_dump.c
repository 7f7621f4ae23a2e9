/* capture_dump.c: prints the conversations of a capture, one JSON object a line, for
 * test_capture.py: what src/capture/capture_group.h gives, before it is judged.
 *
 *     capture_dump [--progress] FILE [DECODE_AS ...] */
#include "capture_group.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *
hex(struct spnego_slice octets)
{
    char *text = calloc(1, 2 * octets.len + 1);
    json_t *value;
    size_t i;

    for (i = 0; i < octets.len; i++)
        sprintf(text + 2 * i, "%02x", octets.ptr[i]);
    value = json_string(text);
    free(text);
    return value;
}

static json_t *
turn_of(const struct capture_turn *turn)
{
    json_t *remarks = json_array();
    size_t i;

    for (i = 0; i < turn->remark_count; i++)
        json_array_append_new(remarks, json_pack("[i, I]", (int)turn->remarks[i].code,
                                                 (json_int_t)turn->remarks[i].got));
    return json_pack("[i, s, o, o]", (int)turn->frame, turn->side == SIDE_INITIATOR ? "I" : "A",
                     turn->has_blob ? hex(turn->octets) : json_null(), remarks);
}

static void
print(void *arg, const struct capture_conversation *conversation)
{
    static const char *const outcomes[] = {"untold", "more", "success", "failure"};
    json_t *turns = json_array(), *object;
    size_t i;

    (void)arg;
    for (i = 0; i < conversation->count; i++)
        json_array_append_new(turns, turn_of(&conversation->turns[i]));
    object = json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:b, s:o}", "carrier",
                       carrier_name(conversation->carrier), "stream", (int)conversation->stream,
                       "session", conversation->session, "initiator", conversation->initiator,
                       "acceptor", conversation->acceptor, "outcome",
                       outcomes[conversation->outcome], "broken_off", conversation->broken_off,
                       "turns", turns);
    json_dumpf(object, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(object);
}

int
main(int argc, char **argv)
{
    struct capture_want want = {.progress = false};
    char error[300];
    int i = 1;

    if (i < argc && strcmp(argv[i], "--progress") == 0) {
        want.progress = true;
        i++;
    }
    if (i == argc)
        return 3;
    const char *file = argv[i++];
    want.decode_as = (const char *const *)argv + i;
    want.decode_as_count = (size_t)(argc - i);
    if (capture_conversations(file, &want, print, NULL, error, sizeof(error)))
        return 0;
    fprintf(stderr, "%s\n", error);
    return 2;
}
