"""Generations as rows of the store and as directories on disk, kept in step."""

from __future__ import annotations

from collections.abc import Collection

from appliance.apply.errors import ApplyRefusedError
from appliance.apply.generations import DiskFullError, Generations, Staged
from appliance.apply.switching import Runnable, Timings
from appliance.model.changes import GenerationState
from appliance.model.site import Site
from appliance.render.files import RenderedFile
from appliance.store import errors as store_errors
from appliance.store.site import SiteStore
from appliance.store.site_rows import GenerationRow


class Ledger:
    """The two records of a generation. The caller holds the lock of the change path."""

    def __init__(self, store: SiteStore, generations: Generations) -> None:
        self.store = store
        self.generations = generations

    def runnable(self, row: GenerationRow) -> Runnable:
        """A generation with its site and its manifest."""
        return Runnable(row.number, self.store.revision_site(row.revision), self.generations.manifest(row.number))

    def runnable_or_none(self, number: int | None) -> Runnable | None:
        """A generation by its number; None for one that nobody remembers."""
        if number is None:
            return None
        try:
            return self.runnable(self.store.generation(number))
        except store_errors.MissingError:
            return None

    def enter(
        self,
        files: dict[str, RenderedFile],
        site: Site,
        author: str,
        note: str,
        *,
        like: int | None,
        revision: int | None,
        timings: Timings,
    ) -> Runnable:
        """Put a generation on disk and into the store, STAGED.

        like: the generation whose unchanged files are shared. revision: the one it is made of again; None
        makes one.
        Raises :class:`ApplyRefusedError` (``disk_full``) with nothing left of it.
        """
        try:
            with timings.step("stage"):
                staged = self.generations.stage(files, like)
            with timings.step("store"):
                number = self._enter(staged, site, author, note, revision)
        except (DiskFullError, store_errors.DiskFullError):
            raise ApplyRefusedError("disk_full") from None
        with timings.step("stage"):
            self.generations.adopt(staged, number)
        return Runnable(number, site, staged.manifest)

    def sweep(self) -> None:
        """After a start: remove what no row names yet, end what was staged."""
        self.generations.clean()
        self.store.number_generations_after(max(self.generations.numbers(), default=0))
        for row in self.store.generations(GenerationState.STAGED):
            self.store.set_generation(row.number, GenerationState.REJECTED, reason="interrupted")

    def retire(self, keep: Collection[int]) -> None:
        """Remove old generations from disk. Raises OSError."""
        confirmed = {row.number for row in self.store.generations(GenerationState.CONFIRMED, limit=2)}
        self.generations.retire(confirmed.union(keep))

    def revision_before(self) -> int:
        """The confirmed revision before the one that runs."""
        confirmed = self.store.generations(GenerationState.CONFIRMED, limit=1000)
        current = confirmed[0].revision if confirmed else 0
        earlier = [row.revision for row in confirmed if row.revision < current]
        if not earlier:
            raise ApplyRefusedError("nothing_to_roll_back")
        return max(earlier)

    def _enter(self, staged: Staged, site: Site, author: str, note: str, revision: int | None) -> int:
        try:
            with self.store.transaction():
                made_of = self.store.add_revision(site, author, note) if revision is None else revision
                return self.store.add_generation(made_of)
        except BaseException:
            self.generations.discard(staged)
            raise
