"""Samba, for one test: a server in a folder, and clients that read no configuration."""

import os
import pwd
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from tests.interop.daemon import PATIENCE, Daemon

ROOT = Path(__file__).resolve().parents[3]
BUILD = Path(os.environ.get("BUILD", ROOT / "build"))
HERE = Path(__file__).parent
FLAGS = ["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic",
         "-Wconversion", "-Wshadow", "-Werror", "-g"]
PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"

# Samba wants a user of the system: whoever runs the test.
USER = pwd.getpwuid(os.getuid()).pw_name
PASSWORD = "secret"
NT_HASH = "878D8014606CDA29677A44EFA1353FC7"  # MD4 of the password in UTF-16

SMB_CONF = """\
[global]
server role = standalone server
workgroup = TEST
netbios name = SERVER
smb ports = {port}
interfaces = 127.0.0.1/8
bind interfaces only = yes
passdb backend = smbpasswd:{folder}/smbpasswd
private dir = {folder}
lock directory = {folder}
state directory = {folder}
cache directory = {folder}
pid directory = {folder}
ncalrpc dir = {folder}/ncalrpc
usershare path =
load printers = no
printcap name = /dev/null
disable spoolss = yes
rpc start on demand helpers = no
{settings}
"""


def missing():
    """The Debian packages of what is not here."""
    programs = {"smbd": "samba", "smbclient": "smbclient"}
    packages = [package for program, package in programs.items()
                if not shutil.which(program, path=PATH)]
    return packages + ([] if ntlm_plugin() else ["gss-ntlmssp"])


def ntlm_plugin():
    return next(Path("/usr/lib").glob("*/gssntlmssp/gssntlmssp.so"), None)


def build(folder):
    """Compiles the example and the acceptor into `folder`, and writes what they read."""
    compiler = shlex.split(os.environ.get("CC", "cc"))
    libraries = subprocess.run(["pkg-config", "--libs", "krb5-gssapi", "krb5", "libcrypto"],
                               capture_output=True, text=True, check=True).stdout.split()
    for name, sources in {
        "smb2-session": [ROOT / "examples/smb2-session.c", ROOT / "examples/smb2.c"],
        "acceptor": [HERE / "acceptor.c"],
    }.items():
        subprocess.run([*compiler, *FLAGS, f"-I{ROOT / 'runtime/include'}",
                        f"-I{BUILD / 'gen/include'}", *sources, BUILD / "libspnego-gss.a",
                        BUILD / "libspnego.a", *libraries, "-o", Path(folder, name)], check=True)
    Path(folder, "mech.conf").write_text(f"ntlm 1.3.6.1.4.1.311.2.2.10 {ntlm_plugin()}\n")
    Path(folder, "krb5.conf").write_text("")
    Path(folder, "users").write_text(f"TEST:{USER}:{PASSWORD}\n")


def environment(folder, kerberos=False, **more):
    """Nothing that a user has configured or may do, but what the realm of the test has."""
    realm = f"{folder}/realm" if kerberos else f"{folder}/none"
    return {"PATH": PATH, "HOME": str(folder), "GSS_MECH_CONFIG": f"{folder}/mech.conf",
            "KRB5_CONFIG": f"{realm if kerberos else folder}/krb5.conf",
            "KRB5CCNAME": f"FILE:{realm}/tickets", "KRB5_KTNAME": f"FILE:{realm}/smb.keytab",
            "KRB5RCACHENAME": f"file2:{folder}/replays",
            "NETBIOS_COMPUTER_NAME": "CLIENT", "NETBIOS_DOMAIN_NAME": "TEST",
            "NTLM_USER_FILE": f"{folder}/users", **more}


def run(command, variables):
    """Exit status and all that was said, line by line."""
    done = subprocess.run(command, env=variables, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace",
                          timeout=PATIENCE, check=False)
    return done.returncode, tuple(done.stdout.splitlines())


def smbclient(login, port, variables, *options):
    """Samba's client connects to IPC$ and asks for nothing.  `login` is user and password,
    or nothing, and then it has a ticket."""
    if login:
        options = (f"--user={login[0]}", "--workgroup=TEST", *options)
        variables = {**variables, "PASSWD": login[1]}
    else:
        options = ("--use-kerberos=required", f"--use-krb5-ccache={variables['KRB5CCNAME']}",
                   *options)
    # It has no Kerberos for a host that is called localhost.
    return run(["smbclient", "--configfile=/dev/null", f"--port={port}", *options,
                "--ip-address=127.0.0.1", "//server/IPC$", "--command=exit"], variables)


MASKS = [(re.compile(r"1\.2\.840\.113554\.1\.2\.2 \(Kerberos V5\)"), "Kerberos"),
         (re.compile(r"1\.3\.6\.1\.4\.1\.311\.2\.2\.10 \(NTLMSSP\)"), "NTLM"),
         (re.compile(r", \d+ octets"), ""), (re.compile(r"(?<=[nC]) of \d+"), ""),
         (re.compile(r"(?<=^session 0x)[0-9a-f]+"), "..."),
         (re.compile(r"(?<=^complete )[0-9a-f]{32,} "), "")]


def masked(line):
    """Without what is different each time, and with short names."""
    for pattern, text in MASKS:
        line = pattern.sub(text, line)
    return line


def our_client(login, port, variables, *options):
    """examples/smb2-session.c tries to set up a session."""
    command = [f"{variables['HOME']}/smb2-session", *options, "localhost", str(port)]
    if login:
        command.append(login[0])
        variables = {**variables, "PASSWD": login[1]}
    status, lines = run(command, variables)
    return status, tuple(masked(line.strip()) for line in lines)


class Samba(Daemon):
    """smbd, from `with` on, with more settings and in this environment."""

    def __init__(self, folder, settings, variables):
        self.folder, self.settings, self.environment = Path(folder), settings, variables
        self.name, self.configuration = "smbd", self.folder / "smb.conf"
        self.command = ["smbd", "--foreground", "--no-process-group",
                        f"--configfile={self.configuration}", f"--log-basename={self.folder}"]

    def __enter__(self):
        self.folder.mkdir()
        Path(self.folder, "smbpasswd").write_text(
            f"{USER}:{os.getuid()}:{'X' * 32}:{NT_HASH}:[U          ]:LCT-00000001:\n")
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def configure(self, port):
        self.configuration.write_text(SMB_CONF.format(port=port, folder=self.folder,
                                                      settings=self.settings))

    def log(self):
        return "\n".join(path.read_text(errors="replace")
                         for path in sorted(self.folder.glob("log.*")))
