/* report_json.h: what the formats that are made of JSON share.  A function that returns an
 * object gives it to the caller, or NULL if there was no memory; Jansson refuses to put
 * NULL into anything, and anything into NULL. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "report.h"

#include <inttypes.h>
#include <jansson.h>

/* json_text returns octets as a string; they need not be UTF-8, then each octet is a
 * character. */
json_t *json_text(struct spnego_slice octets);

/* json_oid returns the contents octets of an object identifier as {oid, name}. */
json_t *json_oid(struct spnego_slice oid);

/* json_put_analysis adds what is known of a token to `object`, from "octets" on. */
bool json_put_analysis(json_t *object, struct analysis *analysis);

#endif
