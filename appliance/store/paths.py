"""Where everything that outlives an update is kept, and who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The places below ``/data``. Tests give another root.

    ``site`` and ``history`` can be read by the group (the web is in it), ``secrets`` and ``backups`` by the
    daemon alone; ``accounts.db`` holds password hashes, so its mode is 0600 although it lies in ``site``.
    """

    root: Path = Path("/data")

    @property
    def site(self) -> Path:
        """Desired state, accounts, and the web's key (0750)."""
        return self.root / "site"

    @property
    def site_db(self) -> Path:
        """Draft, revisions, generations; no secrets (0640)."""
        return self.site / "site.db"

    @property
    def accounts_db(self) -> Path:
        """Accounts, sessions, tokens, audit (0600)."""
        return self.site / "accounts.db"

    @property
    def web_key(self) -> Path:
        """Key with which the web signs its cookies: 64 hexadecimal digits (0640)."""
        return self.site / "web.key"

    @property
    def writer_lock(self) -> Path:
        """Held by the one process that writes the databases."""
        return self.site / ".writer"

    @property
    def history(self) -> Path:
        """Call history (0750)."""
        return self.root / "history"

    @property
    def history_db(self) -> Path:
        """Contacts, segments, gaps (0640)."""
        return self.history / "history.db"

    @property
    def smdr_db(self) -> Path:
        """Buffer of call records (0640)."""
        return self.history / "smdr.db"

    @property
    def secrets(self) -> Path:
        """Readable by the daemon alone (0700)."""
        return self.root / "secrets"

    @property
    def secrets_db(self) -> Path:
        """What the secret references of the site stand for (0600)."""
        return self.secrets / "site.db"

    @property
    def box_secrets(self) -> Path:
        """Secrets of the box itself: the AMI password and the like (0600)."""
        return self.secrets / "box.json"

    @property
    def generations(self) -> Path:
        """Rendered generations, one directory each, named by number."""
        return self.root / "generations"

    @property
    def current(self) -> Path:
        """Symlink to the running generation."""
        return self.generations / "current"

    @property
    def backups(self) -> Path:
        """Copies of the databases (0700)."""
        return self.root / "backups"

    @property
    def update(self) -> Path:
        """Bundles that were sent up, and how far the last update has come (0750)."""
        return self.root / "update"

    @property
    def before_update(self) -> Path:
        """The databases as the system in the other slot left them (0700)."""
        return self.backups / "update"

    @property
    def proofs(self) -> Path:
        """What systems wrote that proved themselves, or did not; root writes it."""
        return self.root / "system"

    @property
    def support(self) -> Path:
        """Support bundles (0700)."""
        return self.root / "support"

    @property
    def tls(self) -> Path:
        """Certificate authority of the box and what it signed."""
        return self.secrets / "tls"

    @property
    def asterisk_certificate(self) -> Path:
        """The box's certificate as Asterisk shows it to phones."""
        return self.root / "asterisk/keys/box.pem"

    @property
    def voicemail(self) -> Path:
        """Messages left, written by Asterisk."""
        return self.root / "voicemail"

    @property
    def recordings(self) -> Path:
        """Recorded calls."""
        return self.root / "recordings"

    @property
    def prompts(self) -> Path:
        """Spoken prompts made on the box."""
        return self.root / "prompts"

    @property
    def provisioning(self) -> Path:
        """Rendered phone files."""
        return self.root / "provisioning"
