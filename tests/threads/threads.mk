# Negotiations in several threads, a million that are abandoned, and all edits.
#
# Included by the root Makefile, which sets BUILD, CC and the flags, and knows how
# to make $(BUILD)/libspnego.a.  The library is built once more, with
# ThreadSanitizer.

THREADS_SRC := tests/threads
THREADS_OBJ := $(patsubst %,$(BUILD)/obj/%.o,$(THREADS_SRC)/threads examples/toy_mech)
ABANDON_OBJ := $(patsubst %,$(BUILD)/obj/%.o,$(THREADS_SRC)/abandon examples/toy_mech)

.PHONY: check-threads abandon check-edits

# Every octet of every honest transcript to every value; without sanitizers, since
# what is asked is how it ends.
check-edits: $(BUILD)/unit-tests
	ALL_EDITS=1 CK_RUN_SUITE=negotiate_safety $(BUILD)/unit-tests
	ALL_EDITS=1 CK_RUN_SUITE=negoex_attack_flips $(BUILD)/unit-tests

check-threads:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/tsan SAN=-fsanitize=thread OPT=-O1 \
	    $(BUILD)/tsan/threads
	TSAN_OPTIONS="halt_on_error=1 exitcode=66" $(BUILD)/tsan/threads

abandon: $(BUILD)/abandon
	$(BUILD)/abandon

$(BUILD)/obj/$(THREADS_SRC)/%.o: $(THREADS_SRC)/%.c | $(GEN)/.stamp
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) $(INCLUDE) -Iexamples -c $< -o $@

$(BUILD)/threads: $(THREADS_OBJ) $(BUILD)/libspnego-sanon.a $(BUILD)/libspnego-gss.a \
        $(BUILD)/libspnego.a
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -pthread -o $@ $^ $(OPENSSL) $(KRB5)

$(BUILD)/abandon: $(ABANDON_OBJ) $(BUILD)/libspnego.a
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -o $@ $^

-include $(THREADS_OBJ:.o=.d) $(ABANDON_OBJ:.o=.d)
