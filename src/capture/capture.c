/* capture.c: tshark, run without a shell; its output is read as it comes. */
#include "capture.h"

#include "capture_packet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* Which packets, and what of them: the messages' own octets are read by carrier_*.c. */
#define FILTER                                                                                 \
    "tcp.stream and (smb2.cmd in {0, 1} or smb.cmd in {0x72, 0x73} or http.response or "       \
    "http.authorization or http.proxy_authorization or ldap.bindRequest_element or "           \
    "ldap.bindResponse_element or dcerpc.pkt_type in {11 .. 16})"
/* Now and then a packet without any, so that there is something to count by. */
#define FILTER_PROGRESS "(" FILTER ") or frame.number % 1000 == 0"
#define LAYERS "frame ip ipv6 tcp"

struct reading {
    const char *file;
    capture_blob_fn *on_blob;
    void *arg;
    char *error;
    size_t cap;
    struct capture_splitter splitter;
    struct capture_packet packet;
    unsigned long cut_frame; /* the first that was captured in part and mattered */
    unsigned long cut_count;
    unsigned long odd_frame; /* the first that is whole, with a message that is not */
    unsigned long odd_count;
    bool stopped; /* on_blob wants no more */
    bool progress;
    bool counted;
    struct timespec told; /* when the packets were last counted, or the start */
    char said[1024];      /* what tshark said on standard error, its beginning */
    size_t said_len;
};

struct child {
    pid_t pid;
    int out;
    int err;
};

static bool
fail(struct reading *reading, const char *what)
{
    snprintf(reading->error, reading->cap, "%s", what);
    return false;
}

static void
count_packets(struct reading *reading)
{
    struct timespec now;
    double since;

    if (!reading->progress || clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return;
    since = (double)(now.tv_sec - reading->told.tv_sec) +
            (double)(now.tv_nsec - reading->told.tv_nsec) / 1e9;
    if (since < 0.5)
        return;
    reading->told = now;
    reading->counted = true;
    fprintf(stderr, "\r%lu packets", reading->packet.frame);
}

static void
wipe_count(const struct reading *reading)
{
    if (reading->counted)
        fputs("\r\033[K", stderr);
}

static void
hand_over(void *arg, const struct carrier_message *message)
{
    struct reading *reading = arg;
    const struct capture_packet *packet = &reading->packet;
    struct capture_blob blob = {packet->frame, packet->stream, packet->source, packet->target,
                                message};

    if (reading->stopped)
        return;
    if (packet->cut && message->cut) {
        if (reading->cut_count++ == 0)
            reading->cut_frame = packet->frame;
        return;
    }
    /* Which a turn does not show: LDAP has no remark for it. */
    if (message->cut && !message->has_blob && message->remark_count == 0) {
        if (reading->odd_count++ == 0)
            reading->odd_frame = packet->frame;
        return;
    }
    reading->stopped = !reading->on_blob(reading->arg, &blob);
}

static bool
read_packet(struct reading *reading)
{
    struct spnego_slice octets;
    size_t carrier, index;
    int got = 0;

    for (carrier = 0; carrier < CARRIER_COUNT; carrier++) {
        for (index = 0;; index++) {
            got = capture_packet_pdu(&reading->packet, (enum carrier)carrier, index, &octets,
                                     reading->error, reading->cap);
            if (got <= 0)
                break;
            carrier_read((enum carrier)carrier, octets, hand_over, reading);
            free((void *)octets.ptr);
        }
        if (got < 0)
            return false;
    }
    return !reading->stopped || fail(reading, "no memory for what is in it");
}

static bool
take_object(void *arg, const char *text, size_t len)
{
    struct reading *reading = arg;
    bool done;

    if (!capture_packet_parse(&reading->packet, text, len, reading->error, reading->cap))
        return false;
    count_packets(reading);
    done = !reading->packet.has_tcp || read_packet(reading);
    capture_packet_free(&reading->packet);
    return done;
}

/* Of standard error only the beginning is kept; the rest is read, or tshark would wait. */
static void
keep_said(struct reading *reading, const char *text, size_t len)
{
    size_t room = sizeof(reading->said) - 1 - reading->said_len;

    if (len > room)
        len = room;
    memcpy(reading->said + reading->said_len, text, len);
    reading->said_len += len;
    reading->said[reading->said_len] = '\0';
}

/* Reads both until both are closed; false with an error. */
static bool
read_output(struct reading *reading, const struct child *child)
{
    struct pollfd fds[2] = {{child->out, POLLIN, 0}, {child->err, POLLIN, 0}};
    char text[65536];
    ssize_t got;
    size_t i;

    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        if (poll(fds, 2, -1) < 0) {
            if (errno == EINTR)
                continue;
            return fail(reading, strerror(errno));
        }
        for (i = 0; i < 2; i++) {
            if (fds[i].fd < 0 || fds[i].revents == 0)
                continue;
            got = read(fds[i].fd, text, sizeof(text));
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0)
                fds[i].fd = -1;
            else if (i == 1)
                keep_said(reading, text, (size_t)got);
            else if (!capture_split(&reading->splitter, text, (size_t)got, take_object, reading,
                                    reading->error, reading->cap))
                return false;
        }
    }
    return true;
}

/* tshark says `tshark: The file "NAME" isn't ...`: the name is said already. */
static bool
fail_as_said(struct reading *reading, int status)
{
    static const char begin[] = "tshark: ", the_file[] = "The file ";
    const char *said = strstr(reading->said, begin);
    size_t name = strlen(reading->file), len;
    bool named;

    if (said == NULL) {
        if (WIFSIGNALED(status))
            snprintf(reading->error, reading->cap, "tshark was ended by signal %d",
                     WTERMSIG(status));
        else
            snprintf(reading->error, reading->cap, "tshark failed with status %d",
                     WEXITSTATUS(status));
        return false;
    }
    said += sizeof(begin) - 1;
    if (strncmp(said, the_file, sizeof(the_file) - 1) == 0)
        said += sizeof(the_file) - 1;
    named =
        said[0] == '"' && strncmp(said + 1, reading->file, name) == 0 && said[name + 1] == '"';
    if (named)
        said += name + 2;
    len = strcspn(said, "\n");
    len -= len > 0 && said[len - 1] == '.';
    snprintf(reading->error, reading->cap, "%s%.*s", named ? "it" : "", (int)len, said);
    return false;
}

static bool
fail_unread(struct reading *reading, unsigned long count, unsigned long frame, const char *why)
{
    snprintf(reading->error, reading->cap,
             "%lu of its messages cannot be read, the first in frame %lu: %s", count, frame,
             why);
    return false;
}

static bool
finish(struct reading *reading, int status)
{
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return fail_as_said(reading, status);
    if (reading->splitter.depth > 0)
        return fail(reading, "tshark broke off within a packet");
    if (reading->cut_count > 0)
        return fail_unread(reading, reading->cut_count, reading->cut_frame,
                           "only the front of the packet was captured");
    if (reading->odd_count > 0)
        return fail_unread(reading, reading->odd_count, reading->odd_frame,
                           "the message ends within one of its fields");
    return true;
}

static bool
start(struct child *child, const char *const argv[], struct reading *reading)
{
    posix_spawn_file_actions_t actions;
    int out[2], err[2], wrong;

    if (pipe(out) != 0)
        return fail(reading, strerror(errno));
    if (pipe(err) != 0) {
        close(out[0]);
        close(out[1]);
        return fail(reading, strerror(errno));
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addclose(&actions, out[0]);
    posix_spawn_file_actions_addclose(&actions, err[0]);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    posix_spawn_file_actions_addclose(&actions, out[1]);
    posix_spawn_file_actions_addclose(&actions, err[1]);
    /* The type of argv is older than const; posix_spawnp changes none of it. */
    wrong = posix_spawnp(&child->pid, argv[0], &actions, NULL, (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    close(err[1]);
    child->out = out[0];
    child->err = err[0];
    if (wrong == 0)
        return true;
    close(out[0]);
    close(err[0]);
    return fail(reading, wrong == ENOENT ? "tshark is not on PATH; install it with: "
                                           "apt-get install tshark"
                                         : strerror(wrong));
}

static bool
run(struct reading *reading, const char *const argv[])
{
    struct child child;
    int status;
    bool done;

    if (!start(&child, argv, reading))
        return false;
    done = read_output(reading, &child);
    if (!done)
        kill(child.pid, SIGTERM);
    close(child.out);
    close(child.err);
    while (waitpid(child.pid, &status, 0) < 0)
        if (errno != EINTR)
            return fail(reading, strerror(errno));
    return done && finish(reading, status);
}

bool
capture_read(const char *file, const struct capture_want *want, capture_blob_fn *on_blob,
             void *arg, char *error, size_t cap)
{
    /* Without the preference a message is lost of which a segment came late. */
    static const char *const fixed[] = {"tshark", "-n",
                                        "-T",     "json",
                                        "-x",     "--no-duplicate-keys",
                                        "-j",     LAYERS,
                                        "-o",     "tcp.reassemble_out_of_order:TRUE"};
    enum { FIXED = sizeof(fixed) / sizeof(fixed[0]) };
    const char **argv = calloc(FIXED + 4 + 2 * want->decode_as_count + 1, sizeof(*argv));
    struct reading reading = {.file = file,
                              .on_blob = on_blob,
                              .arg = arg,
                              .error = error,
                              .cap = cap,
                              .progress = want->progress,
                              .splitter = {.limit = CAPTURE_PACKET_LIMIT,
                                           .string_limit = CAPTURE_STRING_LIMIT}};
    size_t count = FIXED, i;
    bool done;

    if (argv == NULL)
        return fail(&reading, "no memory to read it");
    memcpy(argv, fixed, sizeof(fixed));
    argv[count++] = "-r";
    argv[count++] = file;
    argv[count++] = "-Y";
    argv[count++] = want->progress ? FILTER_PROGRESS : FILTER;
    for (i = 0; i < want->decode_as_count; i++) {
        argv[count++] = "-d";
        argv[count++] = want->decode_as[i];
    }
    clock_gettime(CLOCK_MONOTONIC, &reading.told);
    done = run(&reading, argv);
    free(argv);
    wipe_count(&reading);
    capture_splitter_free(&reading.splitter);
    return done;
}
