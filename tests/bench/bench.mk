# The benchmark: our codec against asn1c, OpenSSL and Heimdal, whole
# negotiations beside MIT krb5's, and a log of tokens beside tshark and openssl.
#
# Included by the root Makefile, which sets BUILD, CC and PY and knows how to
# make $(BUILD)/libspnego.a.  Needs asn1c, libssl-dev, heimdal-multidev,
# libkrb5-dev, tshark, openssl and valgrind.

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

BENCH_OBJECTS := $(patsubst %,$(BENCH)/%.o,main turns job tokens frame \
    ours asn1c openssl heimdal)
BENCH_RIVALS := $(BUILD)/asn1c/libasn1c.a $(BENCH)/heimdal-gen/spnego.o

# Both libraries in one program, with the same checksums for NegoEx; MIT finds the
# mechanisms in a plug-in.
NEGOTIATE_OBJECTS := $(patsubst %,$(BENCH)/%.o,negotiate negotiate_ours negotiate_mit \
    negotiate_state negotiate_time)
MIT_CFLAGS = $(shell pkg-config --cflags mit-krb5-gssapi)
MIT_LIBS = $(shell pkg-config --libs mit-krb5-gssapi mit-krb5)

.PHONY: bench
bench: $(BENCH)/bench $(BENCH)/negotiate $(BENCH)/plugin.so $(BENCH)/alloc_counter.so \
        $(BUILD)/spnego-check
	$(PY) -m tests.bench.run $(BENCH)
	$(PY) -m tests.bench.negotiate $(BENCH)
	$(PY) -m tests.bench.lines $(BUILD)/spnego-check $(BENCH)

$(BENCH)/bench: $(BENCH_OBJECTS) $(BENCH_RIVALS) $(BUILD)/libspnego.a
	$(CC) -o $@ $^ -L$(HEIMDAL_LIB) -lasn1 -lcrypto

$(BENCH)/negotiate: $(NEGOTIATE_OBJECTS) $(BENCH)/turns.o $(BENCH)/toy_mech.o \
        $(BUILD)/libspnego-gss.a $(BUILD)/libspnego.a
	$(CC) -o $@ $^ $(MIT_LIBS)

$(BENCH_OBJECTS) $(NEGOTIATE_OBJECTS): $(BENCH)/%.o: $(BENCH_SRC)/%.c $(wildcard $(BENCH_SRC)/*.h)
	@mkdir -p $(@D)
	$(CC) $(BENCH_CFLAGS) $(BENCH_INCLUDES) -c -o $@ $<

$(BENCH)/ours.o: $(BUILD)/libspnego.a
$(BENCH)/ours.o: BENCH_INCLUDES := -Iruntime/include -I$(BUILD)/gen/include

$(BENCH)/negotiate_ours.o $(BENCH)/negotiate_state.o: $(BUILD)/libspnego.a
$(BENCH)/negotiate_ours.o $(BENCH)/negotiate_state.o: BENCH_INCLUDES = \
    -Iruntime/include -I$(BUILD)/gen/include -Iexamples $(MIT_CFLAGS)
$(BENCH)/negotiate_mit.o: BENCH_INCLUDES = $(MIT_CFLAGS)

$(BENCH)/toy_mech.o: examples/toy_mech.c examples/toy_mech.h $(BUILD)/libspnego.a
	@mkdir -p $(@D)
	$(CC) $(BENCH_CFLAGS) -Iruntime/include -I$(BUILD)/gen/include -c -o $@ $<

PLUGIN_SRC := $(wildcard tests/interop/mit/plugin*.c)
$(BENCH)/plugin.so: $(PLUGIN_SRC) tests/interop/mit/plugin.h
	@mkdir -p $(@D)
	$(CC) $(BENCH_CFLAGS) $(MIT_CFLAGS) -fPIC -shared -Wl,-Bsymbolic -o $@ $(PLUGIN_SRC) \
	    $(MIT_LIBS)

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
