/* finding_texts.h: what findings say.  Generated from runtime/findings.toml: edit that. */
#ifndef SPNEGO_FINDING_TEXTS_H
#define SPNEGO_FINDING_TEXTS_H

#include "reader.h"

/* `tolerance` is the SPNEGO_TOLERATE_* bit that makes a warning of it, or 0. */
struct spnego_finding_text {
    uint32_t tolerance;
    uint16_t code;
    uint8_t severity;
    char source[40];
    char text[120];
};
extern const struct spnego_finding_text spnego_finding_texts[] SPNEGO_HIDDEN;
extern const size_t spnego_finding_texts_count SPNEGO_HIDDEN;

#endif
