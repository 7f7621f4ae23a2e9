/* test_line.c: the line reader: texts that come in pieces, lines about as long as the limit,
 * and what cannot be read. */
#include "line.h"

#include "suites.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char text[] = "one\n\nthree\r\nf\0ur\nfive";
#define TEXT_LEN (sizeof(text) - 1)

static struct line_reader
reader_of(int file)
{
    struct line_reader reader = {file, NULL, NULL, 0, 0, false, false, false, 0};

    return reader;
}

static void
check_line(struct line_reader *reader, const char *expected, size_t expected_len)
{
    const uint8_t *line;
    size_t len;

    ck_assert_int_eq(line_next(reader, &line, &len), LINE_READ);
    ck_assert_uint_eq(len, expected_len);
    ck_assert_mem_eq(line, expected, len);
}

static void
check_end(struct line_reader *reader, unsigned long number)
{
    const uint8_t *line;
    size_t len;

    ck_assert_int_eq(line_next(reader, &line, &len), LINE_END);
    ck_assert_int_eq(line_next(reader, &line, &len), LINE_END);
    ck_assert_uint_eq(reader->number, number);
    line_free(reader);
}

/* One read(2) takes what one write has put in. */
static void
put(int file, const char *octets, size_t len)
{
    if (len > 0)
        ck_assert_int_eq(write(file, octets, len), (ssize_t)len);
}

static void
check_pieces(size_t first, size_t second)
{
    struct line_reader reader;
    int ends[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    put(ends[1], text, first);
    put(ends[1], text + first, second - first);
    put(ends[1], text + second, TEXT_LEN - second);
    close(ends[1]);
    reader = reader_of(ends[0]);
    check_line(&reader, "one", 3);
    check_line(&reader, "", 0);
    check_line(&reader, "three\r", 6);
    check_line(&reader, "f\0ur", 4);
    check_line(&reader, "five", 4);
    check_end(&reader, 5);
    close(ends[0]);
}

START_TEST(any_three_pieces)
{
    size_t first, second;

    for (first = 0; first <= TEXT_LEN; first++)
        for (second = first; second <= TEXT_LEN; second++)
            check_pieces(first, second);
}
END_TEST

/* A line is given out before the next one is there. */
START_TEST(does_not_wait_for_more)
{
    struct line_reader reader;
    int ends[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    reader = reader_of(ends[0]);
    put(ends[1], "one\ntwo", 7);
    check_line(&reader, "one", 3);
    put(ends[1], "\n", 1);
    check_line(&reader, "two", 3);
    close(ends[1]);
    check_end(&reader, 2);
    close(ends[0]);
}
END_TEST

START_TEST(flushes_what_is_tied_before_it_waits)
{
    struct line_reader reader;
    char shown[8] = "";
    int ends[2], out[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    ck_assert_int_eq(pipe(out), 0);
    reader = reader_of(ends[0]);
    reader.tied = fdopen(out[1], "w");
    put(ends[1], "one\ntwo\n", 8);
    check_line(&reader, "one", 3);
    fputs("said", reader.tied);
    check_line(&reader, "two", 3);
    put(ends[1], "three\n", 6);
    check_line(&reader, "three", 5);
    ck_assert_int_eq(read(out[0], shown, sizeof(shown)), 4);
    ck_assert_str_eq(shown, "said");
    fclose(reader.tied);
    close(out[0]);
    close(ends[0]);
    close(ends[1]);
    line_free(&reader);
}
END_TEST

START_TEST(nothing_at_all)
{
    FILE *file = tmpfile();
    struct line_reader reader = reader_of(fileno(file));

    check_end(&reader, 0);
    fclose(file);
}
END_TEST

/* A file with a line of `len` octets between two short ones. */
static FILE *
file_with(size_t len, const char *end)
{
    FILE *file = tmpfile();
    size_t i;

    fputs("first\n", file);
    for (i = 0; i < len; i++)
        fputc('a' + (int)(i % 26), file);
    fputs(end, file);
    fflush(file);
    rewind(file);
    return file;
}

static void
check_long(size_t extent, const char *end)
{
    FILE *file = file_with(extent, end);
    struct line_reader reader = reader_of(fileno(file));
    const uint8_t *line;
    size_t len;

    check_line(&reader, "first", 5);
    ck_assert_int_eq(line_next(&reader, &line, &len),
                     extent > LINE_LIMIT ? LINE_TOO_LONG : LINE_READ);
    ck_assert_uint_eq(len, extent > LINE_LIMIT ? LINE_LIMIT : extent);
    ck_assert_uint_eq(line[0], 'a');
    ck_assert_uint_eq(line[len - 1], 'a' + (len - 1) % 26);
    if (end[0] != '\0')
        check_line(&reader, "last", 4);
    check_end(&reader, end[0] != '\0' ? 3 : 2);
    fclose(file);
}

START_TEST(limit)
{
    static const size_t lengths[] = {
        LINE_LIMIT - 1,     LINE_LIMIT,         LINE_LIMIT + 1,         2 * LINE_LIMIT - 7,
        2 * LINE_LIMIT - 6, 2 * LINE_LIMIT - 5, 3 * LINE_LIMIT - 6,     3 * LINE_LIMIT,
        4 * LINE_LIMIT - 6, 4 * LINE_LIMIT,     5 * LINE_LIMIT + 12345,
    };
    size_t i;

    for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        check_long(lengths[i], "\nlast");
        check_long(lengths[i], "\nlast\n");
        check_long(lengths[i], "");
    }
}
END_TEST

START_TEST(cannot_be_read)
{
    struct line_reader reader = reader_of(-1);
    const uint8_t *line;
    size_t len;

    errno = 0;
    ck_assert_int_eq(line_next(&reader, &line, &len), LINE_FAILED);
    ck_assert_int_eq(errno, EBADF);
    line_free(&reader);
}
END_TEST

Suite *
line_suite(void)
{
    Suite *suite = suite_create("line");
    TCase *tcase = tcase_create("all");

    tcase_add_test(tcase, any_three_pieces);
    tcase_add_test(tcase, does_not_wait_for_more);
    tcase_add_test(tcase, flushes_what_is_tied_before_it_waits);
    tcase_add_test(tcase, nothing_at_all);
    tcase_add_test(tcase, limit);
    tcase_add_test(tcase, cannot_be_read);
    suite_add_tcase(suite, tcase);
    return suite;
}
