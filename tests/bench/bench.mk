# The benchmark: our codec against asn1c, OpenSSL and Heimdal.
#
# Included by the root Makefile, which sets BUILD, CC and PY and knows how to
# make $(BUILD)/libspnego.a.  Needs asn1c, libssl-dev, heimdal-multidev and
# valgrind.

BENCH := $(BUILD)/bench
BENCH_SRC := tests/bench

ASN1_COMPILE ?= asn1_compile
HEIMDAL_INCLUDE ?= /usr/include/heimdal
HEIMDAL_LIB ?= $(firstword $(wildcard /usr/lib/*/heimdal) /usr/lib/heimdal)

# One optimisation level for everybody; warnings only where the code is ours.
BENCH_OPT := -O2
BENCH_CFLAGS := -std=c99 -D_POSIX_C_SOURCE=200809L $(BENCH_OPT) -Wall -Wextra \
    -Wpedantic -Wconversion -Wshadow -Werror
RIVAL_CFLAGS := $(BENCH_OPT) -w

BENCH_OBJECTS := $(patsubst %,$(BENCH)/%.o,main job tokens frame \
    ours asn1c openssl heimdal)
BENCH_RIVALS := $(BUILD)/asn1c/libasn1c.a $(BENCH)/heimdal-gen/spnego.o

.PHONY: bench
bench: $(BENCH)/bench $(BENCH)/alloc_counter.so
	$(PY) $(BENCH_SRC)/run.py $(BENCH)

$(BENCH)/bench: $(BENCH_OBJECTS) $(BENCH_RIVALS) $(BUILD)/libspnego.a
	$(CC) -o $@ $^ -L$(HEIMDAL_LIB) -lasn1 -lcrypto

$(BENCH_OBJECTS): $(BENCH)/%.o: $(BENCH_SRC)/%.c $(wildcard $(BENCH_SRC)/*.h)
	@mkdir -p $(@D)
	$(CC) $(BENCH_CFLAGS) $(BENCH_INCLUDES) -c -o $@ $<

$(BENCH)/ours.o: $(BUILD)/libspnego.a
$(BENCH)/ours.o: BENCH_INCLUDES := -Iruntime/include -I$(BUILD)/gen/include

# -isystem: what rivals generate need not satisfy our warnings.
$(BENCH)/asn1c.o: $(BUILD)/asn1c/libasn1c.a
$(BENCH)/asn1c.o: BENCH_INCLUDES := -isystem $(BUILD)/asn1c

$(BENCH)/heimdal.o: $(BENCH)/heimdal-gen/spnego.o
$(BENCH)/heimdal.o: BENCH_INCLUDES := -isystem $(BENCH)/heimdal-gen \
    -isystem $(HEIMDAL_INCLUDE)

# The generated code includes a header that Heimdal keeps to itself, and uses
# nothing of it: an empty one will do.
$(BENCH)/heimdal-gen/spnego.o: $(BENCH_SRC)/heimdal_spnego.asn1
	rm -rf $(@D) && mkdir -p $(@D)
	cd $(@D) && $(ASN1_COMPILE) --one-code-file $(abspath $<) heimdal_spnego
	cd $(@D) && mv heimdal_spnego.hx heimdal_spnego.h
	cd $(@D) && mv heimdal_spnego-priv.hx heimdal_spnego-priv.h
	cd $(@D) && mv asn1_heimdal_spnego.x spnego.c && touch asn1-template.h
	$(CC) $(RIVAL_CFLAGS) -I$(@D) -I$(HEIMDAL_INCLUDE) -c -o $@ $(@D)/spnego.c

$(BENCH)/alloc_counter.so: $(BENCH_SRC)/alloc_counter.c
	@mkdir -p $(@D)
	$(CC) $(BENCH_CFLAGS) -fPIC -shared -o $@ $<
