"""The other side of the change path for tests without a box: what a process that reads files at its own time holds.

It is no Asterisk: it only keeps the texts it was told to read, as a real one keeps what it loaded, so that a test can
ask whether every reload that was needed was made, and whether what is held is what should run. Whether Asterisk
understands the texts is tested on the box (``tests/box/test_apply.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from appliance.apply.applier import Applier
from appliance.apply.errors import NotTakenError
from appliance.apply.generations import Generations
from appliance.apply.preparation import prepare
from appliance.model.changes import ReloadClass
from appliance.model.site import Site
from appliance.render.facts import Facts
from appliance.render.files import RenderedFile, render_site
from appliance.store import secrets, site_migrations
from appliance.store.database import open_writer
from appliance.store.site import SiteStore

FACTS = Facts(ami_secret="k" * 32)
POISON = "; poison"
"""A text that holds this is not taken: what was held before is kept, as Asterisk keeps it."""


def render(site: Site) -> dict[str, RenderedFile]:
    """The real renderer."""
    return render_site(site, FACTS)


@dataclass
class Reader:
    """Holds, on disk so as to outlive a killed test program, the texts that were current when they were reloaded."""

    generations: Generations
    held: Path
    there: bool = True
    away: int = 0
    """So many times more it is found not to answer, for it restarts."""
    silent: bool = False
    channels_up: int | None = 0
    started: float = 0.0
    now: float = 0.0
    reloads: list[str] = field(default_factory=list)
    restarts: int = 0
    lacking: set[int] = field(default_factory=set)
    """Generations of which something is not there after a start, whatever a reload said."""
    cards_set_up: list[Site] = field(default_factory=list)
    render: Callable[[Site], dict[str, RenderedFile]] = render
    forgotten: frozenset[str] = frozenset()

    def start(self) -> None:
        """Read everything, as a starting process does."""
        self.started = self.now
        for path in self.generations.manifest(self.generations.current()):
            self._read(path)

    def answers(self) -> bool:
        self.away -= bool(self.away)
        return self.there and not self.away

    def reload(self, module: str) -> None:
        if self.silent:
            raise NotTakenError("reload_silent", module=module)
        self.reloads.append(module)
        for path, stored in self.generations.manifest(self.generations.current()).items():
            if stored.reload == module:
                self._read(path)

    def probe(self, before: Site | None, after: Site, mark: str | None = None) -> None:
        if self.silent:
            raise NotTakenError("probe_silent", what="endpoints")
        if before is None and self.generations.current() in self.lacking:
            raise NotTakenError("probe_missing", what="endpoint", name="101")
        for path, file in self.render(after).items():
            looked_at = before is None or file.reload_class is ReloadClass.RELOAD
            if looked_at and self.text(path) != file.text:
                raise NotTakenError("probe_differs", "kept what it had", what="file", name=path)

    def forget(self, numbers: AbstractSet[str]) -> None:
        self.forgotten |= numbers

    def channels(self) -> int | None:
        return self.channels_up

    def uptime_s(self) -> float | None:
        return self.now - self.started if self.there else None

    def restart_when_idle(self, configured: Site | None = None) -> None:
        self.restarts += 1
        self.now += 1.0
        if configured is not None:
            self.cards_set_up.append(configured)
        self.away = 2
        self.start()

    def text(self, path: str) -> str:
        """What is held of a file."""
        kept = self.held / path
        return kept.read_text(encoding="utf-8") if kept.exists() else ""

    def holds(self, site: Site) -> bool:
        """Whether what is held is what the site renders to, in everything that a reload makes effective."""
        try:
            self.probe(None, site)
        except NotTakenError:
            return False
        return True

    def _read(self, path: str) -> None:
        text = (self.generations.root / "current" / path).read_text(encoding="utf-8")
        if POISON in text:
            return
        kept = self.held / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_name(kept.name + ".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(kept)


@dataclass(slots=True)
class Bench:
    """A store, generations and a reader below one directory; can be made again over the same directory."""

    root: Path
    store: SiteStore
    generations: Generations
    reader: Reader
    applier: Applier
    told: list[str]

    @classmethod
    def at(cls, root: Path, *, faults: bool = True) -> Bench:
        """Over what lies there already, if anything does. ``open`` writers are closed with the process."""
        for name in ("generations", "held", "backups"):
            (root / name).mkdir(parents=True, exist_ok=True)
        kept = secrets.SiteSecrets(open_writer(root / "secrets.db", secrets.MIGRATIONS, root / "backups"))
        store = SiteStore(open_writer(root / "site.db", site_migrations.MIGRATIONS, root / "backups"), kept)
        generations = Generations(root / "generations")
        reader = Reader(generations, root / "held")
        told: list[str] = []
        applier = Applier(
            store=store, generations=generations, asterisk=reader, render=render, faults=faults,
            told=lambda action, outcome: told.append(f"{action} {outcome.reason}"), uptime=lambda: reader.now,
        )  # fmt: skip
        return cls(root, store, generations, reader, applier, told)

    def boot(self) -> None:
        """What the box does when it is switched on: prepare, then the reader starts, then the daemon."""
        prepare(self.applier)
        self.reader.start()
        self.applier.recover()

    def save(self, site: Site) -> None:
        """Make a site the draft."""
        self.store.save_draft(site, "noor", None)

    @property
    def running_site(self) -> Site:
        """The site that should run."""
        running = self.store.running()
        assert running is not None
        return self.store.revision_site(running.revision)


def numbers(site: Site) -> list[str]:
    """The extensions of a site."""
    return [extension.number for extension in site.extensions]


def site_of(*numbers: str, **box: object) -> Site:
    """A site with these extensions."""
    return Site.from_document(
        {
            "box": {"name": "clinic", **box},
            "extensions": [
                {"number": number, "name": f"Person {number}", "secret": f"tide-{number}-Olive-83"}
                for number in numbers
            ],
        }
    )
