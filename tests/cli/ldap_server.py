"""OpenLDAP, for one test: slapd without a database, and ldapwhoami that binds to it by SASL.

What speaks GSS-SPNEGO in both is Cyrus SASL, with the mechanisms that MIT krb5 has.
"""

import shutil
from pathlib import Path

from tests.interop.daemon import Daemon
from tests.interop.real import realm
from tests.interop.samba import bed

CONFIGURATION = """\
sasl-host localhost
sasl-realm {realm}
logfile {folder}/log
"""

SERVICE = """\
addprinc -randkey ldap/localhost
ktadd -norandkey -k {folder}/ldap.keytab ldap/localhost
"""


def missing():
    """The Debian packages of what is not here."""
    programs = {"slapd": "slapd", "ldapwhoami": "ldap-utils"}
    packages = [package for program, package in programs.items()
                if not shutil.which(program, path=bed.PATH)]
    plugin = any(Path("/usr/lib").glob("*/sasl2/libgssapiv2.so"))
    return packages + ([] if plugin else ["libsasl2-modules-gssapi-mit"]) + realm.missing()


class Realm(realm.Realm):
    """From `with` on its folder has ldap.keytab too."""

    def __enter__(self):
        super().__enter__()
        try:
            self.run(["kadmin.local", "-r", realm.NAME], SERVICE.format(folder=self.folder))
        except BaseException:
            self.stop()
            raise
        return self


class Slapd(Daemon):
    """slapd, from `with` on, in this environment."""

    def __init__(self, folder, variables):
        self.folder, self.name, self.environment = Path(folder), "slapd", variables

    def __enter__(self):
        self.folder.mkdir()
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def configure(self, port):
        file = self.folder / "slapd.conf"
        file.write_text(CONFIGURATION.format(realm=realm.NAME, folder=self.folder))
        # Without -d it would leave us; 256 is what it does for its clients.
        self.command = ["slapd", "-d", "256", "-h", f"ldap://127.0.0.1:{port}/", "-f", file]

    def log(self):
        log = self.folder / "log"
        return log.read_text(errors="replace") if log.exists() else "it has not written a log"


def whoami(mechanism, port, variables):
    """Exit status and what was said: the name that the server has for who is bound.  It is
    told to take the server's name as it is given (-N), and to be quiet about the rest (-Q)."""
    return bed.run(["ldapwhoami", "-N", "-Q", "-Y", mechanism, "-H", f"ldap://localhost:{port}"],
                   {**variables, "LDAPNOINIT": "1"})
