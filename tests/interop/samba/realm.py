"""The realm of ../real/realm.py, with what SMB needs."""

from tests.interop.real import realm
from tests.interop.samba.bed import USER

# What smbd must be told.
SETTINGS = """\
realm = {name}
kerberos method = dedicated keytab
dedicated keytab file = FILE:{folder}/smb.keytab"""

# A server that is alone in its domain refuses tickets in which a PAC is.
PRINCIPALS = """\
addprinc -randkey +no_auth_data_required cifs/localhost
addprinc -randkey +no_auth_data_required cifs/server
ktadd -norandkey -k {folder}/smb.keytab cifs/localhost cifs/server
addprinc -pw {password} {user}
"""

missing = realm.missing


class Realm(realm.Realm):
    """From `with` on its folder has smb.keytab, and a ticket of the one who runs the test."""

    def __enter__(self):
        super().__enter__()
        try:
            self.run(["kadmin.local", "-r", realm.NAME], PRINCIPALS.format(
                folder=self.folder, password=realm.PASSWORD, user=USER))
            self.run(["kinit", f"{USER}@{realm.NAME}"], realm.PASSWORD + "\n")
        except BaseException:
            self.stop()
            raise
        return self

    @property
    def settings(self):
        return SETTINGS.format(name=realm.NAME, folder=self.folder)
