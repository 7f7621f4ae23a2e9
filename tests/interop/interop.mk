# Negotiations with what nobody here wrote, flow by flow: MIT krb5 with mechanisms of its own
# and with toys, Kerberos with a realm of its own, NTLM, Samba.  `make check` asks the same of
# what is installed and prints only what goes wrong; this installs what is missing.
#
# Included by the root Makefile, which sets BUILD, CC and PY.

.PHONY: check-interop
check-interop:
	@sh tests/packages.sh interop
	@$(MAKE) --no-print-directory all adapters examples
	@set -e; for suite in mit real samba; do \
	    BUILD=$(BUILD) CC="$(CC)" $(PY) -m tests.interop.test_$$suite --table; done
