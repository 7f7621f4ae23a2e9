#!/bin/sh
# Names the Debian packages that are missing and installs them: as root, or
# through sudo.  Where there is no apt it says what to install.
#
#     sh tests/packages.sh build|check|interop
set -eu

build="gcc make python3 pkg-config libc6-dev libjansson-dev libkrb5-dev libssl-dev asn1c"
check="$build g++ clang check tshark krb5-kdc krb5-admin-server krb5-user"
interop="$check curl gss-ntlmssp samba smbclient slapd ldap-utils libsasl2-modules-gssapi-mit"
case "${1:-}" in
build) wanted=$build ;;
check) wanted=$check ;;
interop) wanted=$interop ;;
*)
    echo "usage: sh tests/packages.sh build|check|interop" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query >/dev/null; then
    echo "This system has no dpkg; what Debian calls them must be there:" >&2
    echo "    $wanted" >&2
    exit 0
fi

missing=
for package in $wanted; do
    state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$state" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Missing Debian packages, installing:$missing"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    echo "Install them as root: apt-get install$missing" >&2
    exit 1
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing \
    >/dev/null
