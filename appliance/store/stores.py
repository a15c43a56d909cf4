"""Every database but the history's, opened for writing: what both ways of starting the daemon need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from appliance.store import accounts_migrations, secrets, site_migrations
from appliance.store.accounts import AccountStore
from appliance.store.audit import AuditLog
from appliance.store.codes import OnceCodes
from appliance.store.database import Database, open_writer
from appliance.store.moments import utc_now
from appliance.store.paths import DataPaths
from appliance.store.places import PlaceStore
from appliance.store.secrets import BoxSecrets, SiteSecrets, box_secrets, web_key
from appliance.store.sessions import SessionStore
from appliance.store.sign_ins import SignIns
from appliance.store.site import SiteStore
from appliance.store.tokens import TokenStore


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores, and the databases under them (for backups)."""

    site: SiteStore
    places: PlaceStore
    accounts: AccountStore
    sessions: SessionStore
    tokens: TokenStore
    sign_ins: SignIns
    codes: OnceCodes
    audit: AuditLog
    box_secrets: BoxSecrets
    databases: tuple[Database, ...]


@contextmanager
def opened_stores(paths: DataPaths, clock: Callable[[], datetime] = utc_now) -> Iterator[Stores]:
    """Open, check and migrate the databases, make what a new box lacks, and close them in the end.

    The caller holds the writer's lock. Raises what :func:`appliance.store.database.open_writer` does.
    """
    with ExitStack() as open_now:

        def opened(database: Database) -> Database:
            open_now.callback(database.close)
            return database

        box = box_secrets(paths.box_secrets)
        web_key(paths.web_key)
        backups = paths.backups
        secret_values = opened(open_writer(paths.secrets_db, secrets.MIGRATIONS, backups, mode=0o600))
        site_db = opened(open_writer(paths.site_db, site_migrations.MIGRATIONS, backups))
        people = opened(open_writer(paths.accounts_db, accounts_migrations.MIGRATIONS, backups, mode=0o600))
        site = SiteStore(site_db, SiteSecrets(secret_values), clock)
        site.number_generations_after(_highest_generation(paths))
        yield Stores(
            site=site,
            places=PlaceStore(site_db, clock),
            accounts=AccountStore(people, clock),
            sessions=SessionStore(people, clock),
            tokens=TokenStore(people, clock),
            sign_ins=SignIns(people, clock),
            codes=OnceCodes(people, clock),
            audit=AuditLog(people, clock),
            box_secrets=box,
            databases=(secret_values, site_db, people),
        )


def _highest_generation(paths: DataPaths) -> int:
    """The highest number of a generation on disk: after going back to a backup it must not be given again."""
    if not paths.generations.is_dir():
        return 0
    return max((int(entry.name) for entry in paths.generations.iterdir() if entry.name.isdecimal()), default=0)
