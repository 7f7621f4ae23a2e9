# libFuzzer: the negotiation of two sides, also by NegoEx, import, the codecs.  README.md says what
# each target looks for.
#
# Included by the root Makefile, which sets BUILD, STD, WARN, PY, INCLUDE and GEN.
# Needs clang and its run-time library (libclang-rt-14-dev).

FUZZ_SRC     := tests/fuzz
FUZZ         := $(BUILD)/fuzz
FUZZ_CC      ?= clang
FUZZ_SECONDS ?= 60
FUZZ_TARGETS := negotiate import codec negoex
FUZZ_FLAGS   := -g -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
    -fno-sanitize-recover=all

FUZZ_LIB_OBJ := $(patsubst runtime/%.c,$(FUZZ)/obj/runtime/%.o,$(wildcard runtime/*.c)) \
    $(patsubst %,$(FUZZ)/obj/gen/%.o,$(GEN_C))
FUZZ_SHARED_OBJ := $(patsubst %,$(FUZZ)/obj/%.o,memory_count mech sides sides_read wire field \
    promises negoex_sides negoex_read negoex_meddle)
FUZZ_OBJ     := $(FUZZ_LIB_OBJ) $(FUZZ_SHARED_OBJ) $(FUZZ_TARGETS:%=$(FUZZ)/obj/%.o) \
    $(FUZZ)/obj/reencode.o
FUZZ_COMPILE  = $(FUZZ_CC) $(STD) $(WARN) $(FUZZ_FLAGS) $(INCLUDE) -Iruntime -I$(GEN) \
    -Itests/unit -MMD -MP

.PHONY: fuzz fuzz-build

fuzz: $(FUZZ_TARGETS:%=$(FUZZ)/%) $(FUZZ)/seeds/.stamp
	@for target in $(FUZZ_TARGETS); do \
	    sh $(FUZZ_SRC)/run.sh $(FUZZ) $$target $(FUZZ_SECONDS) || exit 1; \
	done

fuzz-build: $(FUZZ_TARGETS:%=$(FUZZ)/%) $(FUZZ)/seeds/.stamp

$(FUZZ_OBJ): | $(GEN)/.stamp

$(FUZZ)/obj/runtime/%.o: runtime/%.c
	@mkdir -p $(@D)
	@echo "  CC    $< (fuzz)"
	$(Q)$(FUZZ_COMPILE) -c $< -o $@

$(FUZZ)/obj/gen/%.o: $(GEN)/%.c
	@mkdir -p $(@D)
	@echo "  CC    $< (fuzz)"
	$(Q)$(FUZZ_COMPILE) -c $< -o $@

$(FUZZ)/obj/reencode.o: tests/unit/reencode.c
	@mkdir -p $(@D)
	@echo "  CC    $< (fuzz)"
	$(Q)$(FUZZ_COMPILE) -c $< -o $@

$(FUZZ)/obj/%.o: $(FUZZ_SRC)/%.c
	@mkdir -p $(@D)
	@echo "  CC    $< (fuzz)"
	$(Q)$(FUZZ_COMPILE) -c $< -o $@

$(FUZZ_TARGETS:%=$(FUZZ)/%): $(FUZZ)/%: $(FUZZ)/obj/%.o $(FUZZ_SHARED_OBJ) $(FUZZ)/obj/reencode.o \
        $(FUZZ_LIB_OBJ)
	@echo "  LD    $@"
	$(Q)$(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $^

$(FUZZ)/seeds/.stamp: $(FUZZ_SRC)/seeds.py $(wildcard tests/vectors/*/*.hex)
	@$(PY) $< $(@D)
	@touch $@

-include $(FUZZ_OBJ:.o=.d)
