"""A Kerberos realm that lives in a folder and on a port of this machine, for one test.

Nothing of the system's configuration is read, no name is looked up, and when the test
ends, its KDC ends too.
"""

import os
import shutil
import subprocess

from tests.interop.daemon import PATIENCE, Daemon, free_port

NAME = "SPNEGO.TEST"
USER = f"user@{NAME}"
SERVICE = f"test/localhost@{NAME}"
PASSWORD = "throwaway"

# Debian has the programs of an administrator where ordinary users do not look.
PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
PACKAGES = {"krb5kdc": "krb5-kdc", "kdb5_util": "krb5-kdc", "kadmin.local": "krb5-admin-server",
            "kinit": "krb5-user", "setpriv": "util-linux"}

KRB5_CONF = """\
[libdefaults]
    default_realm = {realm}
    dns_canonicalize_hostname = false
    dns_lookup_kdc = false
    dns_lookup_realm = false
    rdns = false
    forwardable = true
[realms]
    {realm} = {{
        kdc = 127.0.0.1:{port}
    }}
[domain_realm]
    localhost = {realm}
"""

KDC_CONF = """\
[realms]
    {realm} = {{
        kdc_listen = 127.0.0.1:{port}
        kdc_tcp_listen = 127.0.0.1:{port}
        database_name = {folder}/principal
        key_stash_file = {folder}/stash
    }}
[logging]
    kdc = FILE:{folder}/kdc.log
"""

# The service is made twice: what wrong.keytab has is a key of the same version.
PRINCIPALS = """\
addprinc -pw {password} user
addprinc -randkey second/localhost
ktadd -norandkey -k {folder}/keytab second/localhost
addprinc -randkey test/localhost
ktadd -norandkey -k {folder}/wrong.keytab test/localhost
delprinc -force test/localhost
addprinc -randkey test/localhost
ktadd -norandkey -k {folder}/keytab test/localhost
"""


def missing():
    """The Debian packages of the programs that are not here."""
    return sorted({package for program, package in PACKAGES.items()
                   if not shutil.which(program, path=PATH)})


class Realm(Daemon):
    """The realm, from `with` on: `folder` then has krb5.conf, tickets and keytabs."""

    def __init__(self, folder):
        self.folder, self.name, self.command = folder, "krb5kdc", ["krb5kdc", "-n"]
        self.environment = {"KRB5_CONFIG": f"{folder}/krb5.conf", "HOME": str(folder),
                            "KRB5_KDC_PROFILE": f"{folder}/kdc.conf", "PATH": PATH,
                            "KRB5CCNAME": f"FILE:{folder}/tickets",
                            "KRB5RCACHENAME": f"file2:{folder}/kdc.replays"}

    def __enter__(self):
        try:
            self.configure(free_port())
            self.run(["kdb5_util", "create", "-s", "-r", NAME, "-P", PASSWORD])
            self.run(["kadmin.local", "-r", NAME],
                     PRINCIPALS.format(password=PASSWORD, folder=self.folder))
            self.start()
            self.run(["kinit", "-f", USER], PASSWORD + "\n")
        except BaseException:
            self.stop()
            raise
        return self

    def configure(self, port):
        for name, text in ("krb5.conf", KRB5_CONF), ("kdc.conf", KDC_CONF):
            with open(f"{self.folder}/{name}", "w", encoding="ascii") as file:
                file.write(text.format(realm=NAME, port=port, folder=self.folder))

    def run(self, command, said=""):
        done = subprocess.run(command, env=self.environment, input=said, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stdout}")

    def log(self):
        try:
            with open(f"{self.folder}/kdc.log", encoding="utf-8", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return "it has not written a log"
