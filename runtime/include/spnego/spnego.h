/* spnego/spnego.h: everything.  Start reading at spnego/base.h. */
#ifndef SPNEGO_SPNEGO_H
#define SPNEGO_SPNEGO_H

#include "spnego/base.h"
#include "spnego/codec.h"
#include "spnego/crypto.h"
#include "spnego/findings.h"
#include "spnego/mech.h"
#include "spnego/names.h"
#include "spnego/negoex.h"
#include "spnego/negoex_mech.h"
#include "spnego/negotiate.h"
#include "spnego/token.h"
#include "spnego/trace.h"

#endif
