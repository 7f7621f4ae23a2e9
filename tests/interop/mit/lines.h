/* lines.h: how both peers speak, tokens as lines of hexadecimal digits. */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TOKEN 65536

static inline void
stop(const char *why)
{
    fprintf(stderr, "%s\n", why);
    exit(2);
}

static inline bool
is_initiator(const char *role)
{
    if (strcmp(role, "initiator") != 0 && strcmp(role, "acceptor") != 0)
        stop("the first argument is initiator or acceptor");
    return role[0] == 'i';
}

/* The letter of the toy mechanism whose identifier has these contents. */
static inline char
toy_letter(const void *octets, size_t len)
{
    if (len == 6 && memcmp(octets, "\x69\x85\xa2\xc0\xac\x66", 6) == 0)
        return 'a';
    return len == 6 && memcmp(octets, "\x69\x84\xb0\xd1\xa8\x2c", 6) == 0 ? 'b' : '?';
}

static inline void
write_line(const void *token, size_t len)
{
    const uint8_t *octets = (const uint8_t *)token;
    size_t i;

    for (i = 0; i < len; i++)
        printf("%02x", octets[i]);
    puts(len == 0 ? "-" : "");
    fflush(stdout);
}

/* Takes a line into the MAX_TOKEN `octets`; false at the end of the input. */
static inline bool
read_line(uint8_t *octets, size_t *len)
{
    static char line[2 * MAX_TOKEN + 2];
    unsigned octet;

    *len = 0;
    if (fgets(line, sizeof(line), stdin) == NULL)
        return false;
    line[strcspn(line, "\n")] = '\0';
    if (strcmp(line, "-") == 0)
        return true;
    for (; sscanf(line + 2 * *len, "%2x", &octet) == 1; ++*len)
        octets[*len] = (uint8_t)octet;
    if (line[2 * *len] != '\0')
        stop("a line is not in hexadecimal digits");
    return true;
}

#endif
