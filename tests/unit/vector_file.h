/* vector_file.h: the files in tests/vectors, each with one input in commented
 * hexadecimal and what is to be found in it.
 *
 *     title:   reqFlags sent although RFC 4178 says not to
 *     source:  RFC 4178 4.2.1
 *     as:      check       analysis_run (this is the default); or token, or
 *                          negoex: the library's decoder alone
 *     side:    I           who sent it: I, A, or nobody knows (the default)
 *     profile: interop     all tolerances (the default); or strict: none
 *     verdict: warning     of analysis_run; belongs to as: check only
 *     status:  ok          of the library's decoder on the whole input
 *     expect:  SPN2007@0x1e+6    all findings: code, offset, length
 *     near:    SPN2010           findings that are not made, but nearly
 *     max-len: 16          options of the decoder; with as: token or negoex
 *     max-items: 3
 *
 * A blank line ends the header.  Behind it stand pairs of hexadecimal digits,
 * comments from # to the end of the line, and repeats: ( 06 01 2a ) * 65. */
#ifndef VECTOR_FILE_H
#define VECTOR_FILE_H

#include "side.h"

#include <glob.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum vector_as { VECTOR_AS_CHECK, VECTOR_AS_TOKEN, VECTOR_AS_NEGOEX };

struct vector_file {
    enum vector_as as;
    unsigned tolerate;
    enum side side;
    char verdict[16];
    char status[16];
    char expect[1024]; /* as it stands in the file, without blanks around it */
    char near[1024];
    size_t max_len;
    uint32_t max_items;
    uint8_t *octets;
    size_t len;
    size_t cap;
    char error[256]; /* "file:line: what is wrong" */
};

/* vector_file_load reads the file `name`.  Returns false with `error` set if
 * it cannot be read or breaks the format; vector_file_free is due either way. */
bool vector_file_load(struct vector_file *vector, const char *name);
void vector_file_free(struct vector_file *vector);

/* vector_file_read does the same with a stream that is called `name`. */
bool vector_file_read(struct vector_file *vector, FILE *stream, const char *name);

/* vector_file_names finds all vectors, sorted.  globfree is due. */
void vector_file_names(glob_t *names);

/* vector_file_is_negoex says which decoder the vector's status is of. */
bool vector_file_is_negoex(const struct vector_file *vector);

#endif
