# The negotiation beside MIT krb5, flow by flow; `make check` asks the same and
# prints only what goes wrong.
#
# Included by the root Makefile, which sets BUILD, CC and PY and knows how to
# make $(BUILD)/libspnego.a.  Needs libkrb5-dev.

.PHONY: check-interop
check-interop: packages-check
	@$(MAKE) --no-print-directory $(BUILD)/libspnego.a
	@BUILD=$(BUILD) CC="$(CC)" $(PY) -m tests.interop.test_mit --table
