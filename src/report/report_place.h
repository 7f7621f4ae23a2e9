/* report_place.h: from an octet of a token to its place in the file, for editors.
 *
 * Where the octets were written as text, they are looked up in it again, and only
 * when there is a finding to place: most inputs have none. */
#ifndef REPORT_PLACE_H
#define REPORT_PLACE_H

#include "report.h"

/* A place before a character. */
struct place {
    size_t off;           /* octets from the start of the text */
    unsigned long line;   /* from 1 */
    unsigned long column; /* characters, from 1 */
};

/* place_characters counts the characters in UTF-8. */
size_t place_characters(const uint8_t *octets, size_t len);

/* Looks places up; in ascending order that is one walk through the text. */
struct place_finder {
    const struct origin *origin;
    bool is_text;   /* lines and columns mean something */
    size_t *places; /* input_places; NULL where octet and place are the same */
    size_t count;   /* octets of the input */
    struct place at;
};

/* place_find_start begins with an input of `count` octets; place_find_end is due.  Returns
 * false if there was no memory. */
bool place_find_start(struct place_finder *finder, const struct origin *origin, size_t count);
void place_find_end(struct place_finder *finder);

/* place_find returns where an octet begins, which was written first at `off`. */
struct place place_find(struct place_finder *finder, size_t off);

/* place_find_behind returns the place behind the octets before `off`. */
struct place place_find_behind(const struct place_finder *finder, size_t off);

/* place_of_error says where an input could not be read, as far as `*error` does: from the
 * front of the sentence "line 3, column 5: " is taken, further on in it such words stay.
 * Returns: whether a line is known; else the place is the first of the file. */
bool place_of_error(struct place *place, const char **error, const struct origin *origin);

#endif
