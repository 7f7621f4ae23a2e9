# One Makefile, no configure, no recursion into folders.  `make help` lists the
# targets.

MAKEFLAGS += --no-builtin-rules

CC      ?= cc
PY      ?= python3
BUILD   ?= build
PREFIX  ?= /usr/local
Q       ?= @
OPT     ?= -O2
VERSION := $(shell cat VERSION)

# Small code: no unwind tables, since nothing here is unwound through, no padding
# between functions, no copies of what is seldom called.
STD     := -std=c99 -D_POSIX_C_SOURCE=200809L
WARN    := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
SMALL   := -fno-asynchronous-unwind-tables -fno-align-functions
ifeq ($(findstring clang,$(CC)),)
SMALL   += -fno-align-loops -fno-align-jumps -fno-inline-small-functions -fno-ipa-sra \
           -fno-reorder-blocks-and-partition -freorder-blocks-algorithm=simple \
           -fno-tree-ch -fno-tree-dominator-opts -fno-tree-pre -fno-tree-vectorize -fno-gcse
endif
LIBFLAGS := -fPIC -fvisibility=hidden $(SMALL)
CFLAGS  ?= -g
GEN     := $(BUILD)/gen
INCLUDE := -Iruntime/include -I$(GEN)/include
SRC_INCLUDE := $(patsubst %/,-I%,$(sort $(dir $(wildcard src/*.h src/*/*.h))))
COMPILE  = $(CC) $(STD) $(WARN) $(OPT) $(CFLAGS) $(SAN) -MMD -MP

SCHEMAS := $(wildcard asn1/*.asn1) negoex-schema/negoex.schema runtime/findings.toml \
           docs/spnego-check.1.in
GEN_C   := token_codec negoex_codec reflect finding_texts
LIB_OBJ := $(patsubst runtime/%.c,$(BUILD)/obj/runtime/%.o,$(wildcard runtime/*.c)) \
           $(GEN_C:%=$(BUILD)/obj/gen/%.o)
# What only the tool reads: inside a mechanism's token.
INSPECT_C := $(addprefix inspect/,kerberos_codec iakerb_codec pku2u_codec names)
SRC_OBJ := $(patsubst src/%.c,$(BUILD)/obj/src/%.o,$(wildcard src/*.c src/*/*.c)) \
           $(patsubst runtime/%.c,$(BUILD)/obj/runtime/%.o,$(wildcard runtime/inspect/*.c)) \
           $(INSPECT_C:%=$(BUILD)/obj/gen/%.o) \
           $(BUILD)/obj/gen/explanations.o
# The mechanisms that need a library of the system, each in a library of its own.
SANON_OBJ := $(patsubst runtime/%.c,$(BUILD)/obj/runtime/%.o,$(wildcard runtime/adapters/sanon*.c))
GSS_OBJ := $(patsubst runtime/%.c,$(BUILD)/obj/runtime/%.o,\
    $(wildcard runtime/adapters/gss*.c runtime/adapters/krb5*.c))
EXAMPLE_OBJ := $(patsubst examples/%.c,$(BUILD)/obj/examples/%.o,$(wildcard examples/*.c))
UNIT_OBJ := $(patsubst tests/unit/%.c,$(BUILD)/obj/tests/unit/%.o,$(wildcard tests/unit/*.c)) \
            $(BUILD)/obj/examples/toy_mech.o
ADAPTER_TEST_OBJ := $(patsubst tests/adapters/%.c,$(BUILD)/obj/tests/adapters/%.o,\
    $(wildcard tests/adapters/*.c)) $(BUILD)/obj/examples/toy_mech.o
# What decodes and encodes, and nothing else: `make size` holds it to 16 KiB.
CODEC_OBJ := $(patsubst %,$(BUILD)/obj/%.o,$(addprefix runtime/,reader writer der der_value der_end \
    der_put fixed fixed_put frame token negoex) gen/token_codec gen/negoex_codec)
JANSSON  = $(shell pkg-config --libs jansson)
CHECK    = $(shell pkg-config --libs check)
OPENSSL  = $(shell pkg-config --libs libcrypto)
KRB5     = $(shell pkg-config --libs krb5-gssapi krb5)

all: $(BUILD)/libspnego.a $(BUILD)/libspnego.so $(BUILD)/spnego-check

help:
	@sed -n 's/^## //p' Makefile

## make               the library and build/spnego-check; Q= shows the commands
## make adapters      libspnego-sanon (OpenSSL), libspnego-gss (MIT krb5)
## make examples      build/examples
## make quickstart    install what is missing, build, judge real tokens
## make check         install what is missing, build, run all tests
## make gen           schemas to C and documentation, in build/gen
## make check-garbage a gigabyte of lines that are no tokens
## make check-golden  fail if the generated text is not the reviewed one
## make bless         make the generated text the reviewed one
## make check-interop negotiate with MIT krb5, Kerberos, NTLM, Samba; print how each went
## make check-threads negotiate in several threads, under ThreadSanitizer
## make check-edits   every octet of every negotiation to every value
## make fuzz          let libFuzzer break promises; FUZZ_SECONDS for each target
## make check-oracle  compare with asn1c's own codec, at length
## make bench         speed beside asn1c, OpenSSL, Heimdal and MIT krb5
## make size          how large the codecs are
## make format, lint  clang-format; clang-tidy and cppcheck
## make install       to PREFIX (/usr/local) below DESTDIR
## make install-adapters  that, and libspnego-sanon and libspnego-gss
## make clean         remove build/

gen: $(GEN)/.stamp

$(GEN)/.stamp: $(SCHEMAS) $(wildcard gen/*.py)
	@echo "  GEN   $(GEN)"
	$(Q)$(PY) -m gen --out $(GEN)
	@touch $@

# The first build must generate before it compiles; later the .d files know.
$(LIB_OBJ) $(SANON_OBJ) $(GSS_OBJ) $(SRC_OBJ) $(UNIT_OBJ) $(EXAMPLE_OBJ) $(ADAPTER_TEST_OBJ): \
    | $(GEN)/.stamp
$(GEN)/%.c: $(GEN)/.stamp ;
.SECONDARY: $(addprefix $(GEN)/,$(addsuffix .c,$(GEN_C) $(INSPECT_C) explanations))

$(BUILD)/obj/runtime/%.o: runtime/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) $(LIBFLAGS) $(INCLUDE) -Iruntime -I$(GEN) -c $< -o $@

$(BUILD)/obj/gen/%.o: $(GEN)/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) $(LIBFLAGS) $(INCLUDE) -Iruntime $(SRC_INCLUDE) -I$(GEN) -c $< -o $@

$(BUILD)/obj/src/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) $(INCLUDE) $(SRC_INCLUDE) -DSPNEGO_VERSION='"$(VERSION)"' -c $< -o $@

$(BUILD)/obj/tests/adapters/%.o: tests/adapters/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) $(INCLUDE) -Iexamples -c $< -o $@

$(BUILD)/obj/tests/unit/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) $(INCLUDE) $(SRC_INCLUDE) -Iruntime -Iexamples -I$(GEN) -c $< -o $@

$(BUILD)/obj/examples/%.o: examples/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) $(INCLUDE) -c $< -o $@

$(BUILD)/libspnego.a: $(LIB_OBJ)
	@rm -f $@
	@echo "  AR    $@"
	$(Q)$(AR) rcs $@ $^

$(BUILD)/libspnego.so: $(LIB_OBJ)
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -shared -Wl,-soname,libspnego.so.0 -o $@ $^

$(BUILD)/libspnego-sanon.a: $(SANON_OBJ)
$(BUILD)/libspnego-gss.a: $(GSS_OBJ)
$(BUILD)/libspnego-sanon.a $(BUILD)/libspnego-gss.a:
	@rm -f $@
	@echo "  AR    $@"
	$(Q)$(AR) rcs $@ $^

$(BUILD)/libspnego-sanon.so: $(SANON_OBJ) $(BUILD)/libspnego.so
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -shared -Wl,-soname,libspnego-sanon.so.0 -o $@ $^ $(OPENSSL)

$(BUILD)/libspnego-gss.so: $(GSS_OBJ) $(BUILD)/libspnego.so
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -shared -Wl,-soname,libspnego-gss.so.0 -o $@ $^ $(KRB5)

$(BUILD)/spnego-check: $(SRC_OBJ) $(BUILD)/libspnego-gss.a $(BUILD)/libspnego.a
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -o $@ $^ $(JANSSON) $(KRB5) $(OPENSSL)

EXAMPLES := $(patsubst %,$(BUILD)/examples/%,decode initiator acceptor hint loopback)
$(EXAMPLES): $(BUILD)/examples/%: $(BUILD)/obj/examples/%.o $(BUILD)/obj/examples/toy_mech.o \
        $(BUILD)/libspnego.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -o $@ $^

# Those that need more than libspnego.
ADAPTER_EXAMPLES := $(patsubst %,$(BUILD)/examples/%,negoex-loopback)
$(ADAPTER_EXAMPLES): $(BUILD)/examples/%: $(BUILD)/obj/examples/%.o \
        $(BUILD)/obj/examples/toy_mech.o $(BUILD)/libspnego-sanon.a $(BUILD)/libspnego-gss.a \
        $(BUILD)/libspnego.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -o $@ $^ $(OPENSSL) $(KRB5)

# A client of SMB2, with the mechanisms of the system.
SMB2_EXAMPLE := $(BUILD)/examples/smb2-session
$(SMB2_EXAMPLE): $(BUILD)/obj/examples/smb2-session.o $(BUILD)/obj/examples/smb2.o \
        $(BUILD)/libspnego-gss.a $(BUILD)/libspnego.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -o $@ $^ $(KRB5) $(OPENSSL)

# Tests run against a build of their own, with sanitizers.
$(BUILD)/unit-tests: $(UNIT_OBJ) $(filter-out %/main.o,$(SRC_OBJ)) $(BUILD)/libspnego-gss.a \
        $(BUILD)/libspnego.a
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -o $@ $^ $(CHECK) $(JANSSON) $(KRB5) $(OPENSSL)

$(BUILD)/adapter-tests: $(ADAPTER_TEST_OBJ) $(BUILD)/libspnego-sanon.a \
        $(BUILD)/libspnego-gss.a $(BUILD)/libspnego.a
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -o $@ $^ $(CHECK) $(OPENSSL) $(KRB5)

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

# What a variable holds, for tests that compile by themselves.
print-%:
	@echo $($*)

.PHONY: all help gen adapters examples quickstart check check-garbage check-golden bless \
        check-oracle size format lint install install-adapters clean packages packages-check sanitized

sanitized:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/san SAN="$(SANITIZE)" OPT=-O1 \
	    $(BUILD)/san/unit-tests $(BUILD)/san/adapter-tests $(BUILD)/san/spnego-check

adapters: $(BUILD)/libspnego-sanon.a $(BUILD)/libspnego-sanon.so \
    $(BUILD)/libspnego-gss.a $(BUILD)/libspnego-gss.so

examples: $(EXAMPLES) $(ADAPTER_EXAMPLES) $(SMB2_EXAMPLE)

packages:
	@sh tests/packages.sh build

packages-check:
	@sh tests/packages.sh check

quickstart: packages
	@$(MAKE) --no-print-directory all
	@sh examples/quickstart.sh $(BUILD)/spnego-check

check: packages-check
	@$(MAKE) --no-print-directory all adapters examples sanitized
	@BUILD=$(BUILD) CC="$(CC)" $(PY) tests/run.py

check-garbage: $(BUILD)/spnego-check
	@$(PY) -m tests.cli.garbage $< 1024

check-golden: gen
	@$(PY) tests/golden.py compare $(GEN)

bless: gen
	@$(PY) tests/golden.py bless $(GEN)

include tests/bench/bench.mk
include tests/oracle/oracle.mk
include tests/interop/interop.mk
include tests/threads/threads.mk
include tests/fuzz/fuzz.mk

size: $(LIB_OBJ)
	@size -t $(CODEC_OBJ)

format:
	clang-format -i runtime/*.[ch] runtime/adapters/*.[ch] runtime/inspect/*.[ch] runtime/include/spnego/*.h \
	    src/*.[ch] src/*/*.[ch] \
	    $(filter-out tests/golden/%,$(wildcard tests/*/*.[ch])) tests/interop/*/*.[ch] \
	    examples/*.[ch]

# ctuuninitvar takes a structure that is handed over to be filled for one that is read.
lint: $(LIB_OBJ) $(SRC_OBJ)
	clang-tidy --quiet runtime/*.c runtime/adapters/*.c runtime/inspect/*.c src/*.c src/*/*.c \
	    -- $(STD) $(INCLUDE) $(SRC_INCLUDE) -Iruntime -I$(GEN) \
	    -DSPNEGO_VERSION='"$(VERSION)"'
	cppcheck --quiet --std=c99 --enable=warning,portability --error-exitcode=1 --inline-suppr \
	    --suppress=ctuuninitvar $(INCLUDE) $(SRC_INCLUDE) -Iruntime -I$(GEN) runtime src $(GEN)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
	    $(DESTDIR)$(PREFIX)/include/spnego $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/spnego-check $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(GEN)/spnego-check.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 $(BUILD)/libspnego.a $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(BUILD)/libspnego.so $(DESTDIR)$(PREFIX)/lib/libspnego.so.0
	ln -sf libspnego.so.0 $(DESTDIR)$(PREFIX)/lib/libspnego.so
	install -m 644 $(filter-out %/gss.h %/sanon.h,$(wildcard runtime/include/spnego/*.h)) \
	    $(GEN)/include/spnego/*.h $(DESTDIR)$(PREFIX)/include/spnego/
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' runtime/spnego.pc.in \
	    > $(DESTDIR)$(PREFIX)/lib/pkgconfig/spnego.pc

install-adapters: install adapters
	set -e; for name in sanon gss; do \
	    install -m 644 $(BUILD)/libspnego-$$name.a $(DESTDIR)$(PREFIX)/lib/; \
	    install -m 755 $(BUILD)/libspnego-$$name.so \
	        $(DESTDIR)$(PREFIX)/lib/libspnego-$$name.so.0; \
	    ln -sf libspnego-$$name.so.0 $(DESTDIR)$(PREFIX)/lib/libspnego-$$name.so; \
	    install -m 644 runtime/include/spnego/$$name.h $(DESTDIR)$(PREFIX)/include/spnego/; \
	    sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' \
	        runtime/adapters/spnego-$$name.pc.in \
	        > $(DESTDIR)$(PREFIX)/lib/pkgconfig/spnego-$$name.pc; done

clean:
	rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(SANON_OBJ:.o=.d) $(GSS_OBJ:.o=.d) $(SRC_OBJ:.o=.d) \
    $(UNIT_OBJ:.o=.d) $(ADAPTER_TEST_OBJ:.o=.d) $(EXAMPLE_OBJ:.o=.d)
