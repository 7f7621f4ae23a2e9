# The oracle: our codec beside the one that asn1c makes from the same module.
#
# Included by the root Makefile, which sets BUILD, CC, STD, WARN, OPT and
# INCLUDE and knows how to make $(BUILD)/libspnego.a.  Needs asn1c.

ORACLE_SRC := tests/oracle
ORACLE_COUNT ?= 1000000
ORACLE_SHORT_COUNT ?= 20000
ASN1C ?= asn1c
ASN1C_LIB := $(BUILD)/asn1c/libasn1c.a

ORACLE_OBJ := $(patsubst $(ORACLE_SRC)/%.c,$(BUILD)/obj/tests/oracle/%.o, \
    $(wildcard $(ORACLE_SRC)/*.c))
ORACLE_CORPUS := ../shared/corpus

.PHONY: check-oracle check-oracle-short asn1c-codec

# The blobs that are SPNEGO, good or bad.
check-oracle: $(BUILD)/oracle
	@if [ -r $(ORACLE_CORPUS)/MANIFEST.tsv ]; then \
	    awk -F '\t' -v dir=$(ORACLE_CORPUS) '$$4 ~ /^NegToken/ { print dir "/" $$1 }' \
	        $(ORACLE_CORPUS)/MANIFEST.tsv | xargs $(BUILD)/oracle $(ORACLE_COUNT); \
	else \
	    echo "check-oracle: no $(ORACLE_CORPUS), its blobs are skipped"; \
	    $(BUILD)/oracle $(ORACLE_COUNT); \
	fi

# A second or less: too short to ask that every line of differences.txt occurs.
check-oracle-short: $(BUILD)/oracle
	@$(BUILD)/oracle $(ORACLE_SHORT_COUNT)

# asn1c's own structs and codec, for those who want them.
asn1c-codec: $(ASN1C_LIB)

# Unless ASN_DEBUG is defined away, asn1c's skeletons call an empty function
# with a variable number of arguments, which no compiler removes.  The sample
# program has a main.
$(ASN1C_LIB): asn1/spnego.asn1
	rm -rf $(@D) && mkdir -p $(@D)
	cd $(@D) && $(ASN1C) $(abspath $<) >asn1c.log 2>&1 || { cat asn1c.log; false; }
	rm $(@D)/converter-sample.c
	cd $(@D) && $(CC) -O2 -w -I. -D'ASN_DEBUG(...)=' -c *.c
	$(AR) rcs $@ $(@D)/*.o

$(ORACLE_OBJ): $(BUILD)/obj/tests/oracle/%.o: $(ORACLE_SRC)/%.c $(ASN1C_LIB) | $(GEN)/.stamp
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) $(INCLUDE) -isystem $(BUILD)/asn1c -c $< -o $@

$(BUILD)/oracle: $(ORACLE_OBJ) $(BUILD)/libspnego.a $(ASN1C_LIB)
	@echo "  LD    $@"
	$(Q)$(CC) $(SAN) -o $@ $^

-include $(ORACLE_OBJ:.o=.d)
