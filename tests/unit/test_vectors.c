/* test_vectors.c: every file in tests/vectors says what is found in it; that
 * and nothing else must be found.  vector_file.h has the format. */
#include "analysis.h"
#include "vector_file.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *vectors_suite(void);

#define MAX_FOUND 64
#define LEAST_GOOD 40 /* well-formed tokens that must be among the vectors */

struct found {
    unsigned code;
    size_t off;
    size_t len;
};

struct list {
    struct found items[MAX_FOUND];
    size_t count;
    size_t base; /* where the message that is being decoded stands */
};

static glob_t names;

static void
add_found(struct list *list, unsigned code, size_t off, size_t len)
{
    struct found found = {code, off, len};

    ck_assert_uint_lt(list->count, MAX_FOUND);
    list->items[list->count++] = found;
}

static void
on_finding(void *arg, const struct spnego_finding *finding)
{
    struct list *list = arg;

    add_found(list, finding->code, list->base + finding->off, finding->len);
}

static int
by_offset(const void *a, const void *b)
{
    const struct found *left = a, *right = b;

    if (left->off != right->off)
        return left->off < right->off ? -1 : 1;
    return (left->code > right->code) - (left->code < right->code);
}

/* Writes findings as the files have them, so that both can be compared as
 * text and a failure can be read. */
static void
format_list(char *out, size_t cap, struct list *list)
{
    size_t len = 0, i;

    qsort(list->items, list->count, sizeof(list->items[0]), by_offset);
    out[0] = '\0';
    for (i = 0; i < list->count && len < cap; i++)
        len += (size_t)snprintf(out + len, cap - len, "%sSPN%u@0x%zx+%zu", i > 0 ? " " : "",
                                list->items[i].code, list->items[i].off, list->items[i].len);
}

/* Decodes message after message, up to the end or the first that fails. */
static enum spnego_status
decode_negoex(struct spnego_slice in, const struct spnego_decode_opts *opts, struct list *list)
{
    struct negoex_message message;
    enum spnego_status status;
    size_t used;

    do {
        status = negoex_message_decode(&message, &used, in, opts);
        if (used > 0)
            in.ptr += used;
        in.len -= used;
        list->base += used;
    } while (status == SPNEGO_OK && in.len > 0);
    return status;
}

static enum spnego_status
decode(const struct vector_file *vector, struct list *list)
{
    struct spnego_decode_opts opts = {sizeof(opts), 0, 0, 0, on_finding, NULL, NULL};
    struct spnego_slice in = {vector->octets, vector->len};
    struct spnego_negotiation_token token;

    opts.tolerate = vector->tolerate;
    opts.max_len = vector->max_len;
    opts.max_items = vector->max_items;
    opts.arg = list;
    if (vector_file_is_negoex(vector))
        return decode_negoex(in, &opts, list);
    return spnego_token_decode(&token, in, &opts);
}

static void
check_as_analysis(const char *name, const struct vector_file *vector, struct list *list)
{
    struct spnego_slice in = {vector->octets, vector->len};
    struct analysis_setup setup = {vector->tolerate, vector->side, false};
    struct analysis analysis;
    size_t i;

    ck_assert(analysis_run(&analysis, in, &setup));
    list->count = 0;
    for (i = 0; i < analysis.remark_count; i++)
        add_found(list, analysis.remarks[i].code, analysis.remarks[i].off,
                  analysis.remarks[i].len);
    ck_assert_msg(strcmp(analysis_verdict(&analysis), vector->verdict) == 0,
                  "%s: verdict: %s, expected %s", name, analysis_verdict(&analysis),
                  vector->verdict);
    analysis_free(&analysis);
}

START_TEST(vector_holds)
{
    const char *name = names.gl_pathv[_i];
    struct vector_file vector;
    struct list list = {{{0, 0, 0}}, 0, 0};
    enum spnego_status status;
    char found[1024];

    ck_assert_msg(vector_file_load(&vector, name), "%s", vector.error);
    status = decode(&vector, &list);
    format_list(found, sizeof(found), &list);
    ck_assert_msg(strcmp(spnego_status_name(status), vector.status) == 0,
                  "%s: status: %s, expected %s; the decoder finds %s", name,
                  spnego_status_name(status), vector.status, found);
    if (vector.as == VECTOR_AS_CHECK)
        check_as_analysis(name, &vector, &list);
    format_list(found, sizeof(found), &list);
    ck_assert_msg(strcmp(found, vector.expect) == 0, "%s: expect: %s\nexpected %s", name, found,
                  vector.expect);
    vector_file_free(&vector);
}
END_TEST

static bool
names_code(const char *codes, unsigned code)
{
    char name[16];

    snprintf(name, sizeof(name), "SPN%u", code);
    return strstr(codes, name) != NULL;
}

/* A code has a vector that raises it and one that nearly does; no vector says
 * both of one code. */
START_TEST(every_code_has_vectors)
{
    char missing[4096] = "";
    size_t i, file;
    unsigned code;

    for (i = 0; (code = spnego_finding_code_at(i)) != 0; i++) {
        bool raised = false, near = false;
        size_t len = strlen(missing);

        if (code >= 5000 && code / 1000 != 6)
            continue; /* of negotiations, keys and carriers */
        for (file = 0; file < names.gl_pathc; file++) {
            struct vector_file vector;
            bool here, nearly;

            ck_assert_msg(vector_file_load(&vector, names.gl_pathv[file]), "%s", vector.error);
            here = names_code(vector.expect, code);
            nearly = names_code(vector.near, code);
            ck_assert_msg(!here || !nearly, "%s: SPN%u is expected and near",
                          names.gl_pathv[file], code);
            raised |= here;
            near |= nearly;
            vector_file_free(&vector);
        }
        if (!raised || !near)
            snprintf(missing + len, sizeof(missing) - len, " SPN%u (%s%s%s)", code,
                     raised ? "" : "raised", !raised && !near ? ", " : "", near ? "" : "near");
    }
    ck_assert_msg(missing[0] == '\0', "codes without a vector:%s", missing);
}
END_TEST

START_TEST(there_are_good_vectors)
{
    size_t good = 0, i;

    for (i = 0; i < names.gl_pathc; i++)
        good += strncmp(names.gl_pathv[i], "tests/vectors/good/", 19) == 0;
    ck_assert_uint_ge(good, LEAST_GOOD);
}
END_TEST

#define HEADER "title: t\nsource: s\nstatus: ok\nexpect:\nverdict: valid\n"
static const struct {
    const char *text;
    const char *error;
} refused[] = {
    {"title: t\n\n", "v:2: source is missing"},
    {"title: t\ntitle: t\n", "v:2: title stands twice"},
    {"title:\n", "v:1: the value is missing"},
    {"titel: t\n", "v:1: unknown key \"titel\""},
    {"60 00\n", "v:1: no key in \"60 00\"; a blank line ends the header"},
    {HEADER, "v:5: no blank line behind the header"},
    {"status: fine\n", "v:1: \"fine\" is no status of a decoder"},
    {"verdict: good\n", "v:1: \"good\" is not valid, warning or invalid"},
    {"as: bytes\n", "v:1: \"bytes\" is not check, token or negoex"},
    {"profile: lax\n", "v:1: \"lax\" is not interop or strict"},
    {"near: SPN1000\n", "v:1: no code of a finding at \"SPN1000\""},
    {"expect: SPN1001\n", "v:1: no @0xoffset at \"\""},
    {"expect: SPN1001@0x0\n", "v:1: no +length at \"\""},
    {"near: SPN1001,SPN1002\n", "v:1: not one blank at \",SPN1002\""},
    {"max-len: many\n", "v:1: \"many\" is no number"},
    {HEADER "as: token\n\n", "v:7: verdict belongs to as: check, and only there"},
    {HEADER "max-len: 1\n\n", "v:7: limits belong to as: token or as: negoex"},
    {HEADER "\n60 0\n", "v:7: no pair of digits at \"0\""},
    {HEADER "\n60 0g\n", "v:7: no pair of digits at \"0g\""},
    {HEADER "\n( 60\n", "v:7: a parenthesis is not closed"},
    {HEADER "\n60 ) * 2\n", "v:7: a repeat is written ( octets ) * count"},
    {HEADER "\n( ) * 2\n", "v:7: nothing to repeat, or not twice"},
    {HEADER "\n60", "v:7: the line is too long, or does not end"},
};

START_TEST(errors_have_file_and_line)
{
    char *text = strdup(refused[_i].text);
    FILE *stream = fmemopen(text, strlen(text), "r");
    struct vector_file vector;

    ck_assert_ptr_nonnull(stream);
    ck_assert(!vector_file_read(&vector, stream, "v"));
    ck_assert_str_eq(vector.error, refused[_i].error);
    vector_file_free(&vector);
    fclose(stream);
    free(text);
}
END_TEST

START_TEST(octets_and_repeats_are_read)
{
    static const uint8_t octets[] = {0x60, 0x01, 0x2a, 0x01, 0x2a, 0x01, 0x2a, 0xff};
    char text[] = HEADER "\n60 # 61\n ( 01\n 2a ) * 3 ff\n";
    FILE *stream = fmemopen(text, strlen(text), "r");
    struct vector_file vector;

    ck_assert_msg(vector_file_read(&vector, stream, "v"), "%s", vector.error);
    ck_assert_uint_eq(vector.len, sizeof(octets));
    ck_assert_mem_eq(vector.octets, octets, sizeof(octets));
    ck_assert_uint_eq(vector.tolerate, SPNEGO_TOLERATE_INTEROP);
    vector_file_free(&vector);
    fclose(stream);
}
END_TEST

Suite *
vectors_suite(void)
{
    Suite *suite = suite_create("vectors");
    TCase *format = tcase_create("format");
    TCase *files = tcase_create("files");

    vector_file_names(&names);
    tcase_add_loop_test(format, errors_have_file_and_line, 0,
                        (int)(sizeof(refused) / sizeof(refused[0])));
    tcase_add_test(format, octets_and_repeats_are_read);
    suite_add_tcase(suite, format);
    tcase_set_timeout(files, 60);
    tcase_add_loop_test(files, vector_holds, 0, (int)names.gl_pathc);
    tcase_add_test(files, every_code_has_vectors);
    tcase_add_test(files, there_are_good_vectors);
    suite_add_tcase(suite, files);
    return suite;
}
