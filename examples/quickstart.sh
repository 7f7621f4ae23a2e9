#!/bin/sh
# What `make quickstart` shows: tokens as they are met in logs, a negotiation, a capture.
#
#     sh examples/quickstart.sh PATH-OF-SPNEGO-CHECK
set -u

check=${1:-build/spnego-check}
here=$(dirname "$0")

show() {
    echo "\$ spnego-check $*"
    "$check" "$@"
    echo "exit status: $?"
    echo
}

for token in "$here"/tokens/*.xxd "$here"/tokens/*.http "$here"/tokens/*.hex; do
    show "$token"
done
show --conversation "$here"/conversations/downgraded.conv
show --lines --quiet --stats "$here"/tokens/log.txt
if command -v tshark >/dev/null; then
    show --capture "$here"/captures/loopback.pcap
else
    echo "With tshark installed there is more: spnego-check --capture examples/captures/loopback.pcap"
fi
show --explain SPN5013
