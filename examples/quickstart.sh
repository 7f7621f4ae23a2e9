#!/bin/sh
# What `make quickstart` shows: three tokens, as they are met in logs.
#
#     sh examples/quickstart.sh PATH-OF-SPNEGO-CHECK
set -u

check=${1:-build/spnego-check}
here=$(dirname "$0")
for token in "$here"/tokens/*.xxd "$here"/tokens/*.http "$here"/tokens/*.hex; do
    echo "\$ spnego-check $token"
    "$check" "$token"
    echo "exit status: $?"
    echo
done
