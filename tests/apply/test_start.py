"""The box starts: damage on disk, a new version of the software."""

from __future__ import annotations

import shutil
from pathlib import Path

from appliance.apply.errors import NotTakenError
from appliance.apply.preparation import prepare
from appliance.model.changes import GenerationState
from appliance.model.site import Site
from tests.apply.bench import POISON, Bench, site_of


def test_a_generation_spoilt_on_disk_is_rendered_again_at_boot(bench: Bench, tmp_path: Path) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    (bench.generations.path(2) / "asterisk/pjsip_endpoints.conf").write_text("garbage", encoding="utf-8")
    again = Bench.at(tmp_path)
    again.boot()
    running = again.store.running()
    assert running is not None
    assert (running.number, running.revision) == (3, 2)
    assert again.reader.holds(site_of("101"))


def test_a_generations_directory_that_is_gone_is_made_again_at_boot(bench: Bench, tmp_path: Path) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    shutil.rmtree(bench.generations.root)
    again = Bench.at(tmp_path)
    again.boot()
    assert again.reader.holds(site_of("101"))


def test_a_new_version_that_renders_otherwise_takes_effect_at_boot(bench: Bench, tmp_path: Path) -> None:
    again = Bench.at(tmp_path)
    rendered = again.applier.render
    again.applier.render = lambda site: {
        path: file if path != "asterisk/rtp.conf" else type(file)(path, file.text + "; newer\n", reload=file.reload)
        for path, file in rendered(site).items()
    }
    prepare(again.applier)
    running = again.store.running()
    assert running is not None
    assert (running.number, running.revision, running.state) == (2, 1, GenerationState.CONFIRMED)
    assert again.generations.text(2, "asterisk/rtp.conf").endswith("; newer\n")


def test_a_new_version_that_asterisk_does_not_take_falls_back(bench: Bench, tmp_path: Path) -> None:
    again = Bench.at(tmp_path)
    rendered = again.applier.render

    def worse(site: Site) -> dict[str, object]:
        files = dict(rendered(site))
        path = "asterisk/pjsip_endpoints.conf"
        files[path] = type(files[path])(path, files[path].text + POISON, reload=files[path].reload)
        return files

    again.applier.render = worse  # type: ignore[assignment]
    prepare(again.applier)
    assert again.generations.current() == 2
    again.reader.start()
    # The probe knows what the version renders: what is held differs from it, for the poison was not taken.
    probed = again.reader.probe

    def seen(before: Site | None, after: Site, mark: str | None) -> None:
        if again.generations.current() == 2:
            raise NotTakenError("probe_missing", what="endpoint", name="101")
        probed(before, after)

    again.applier.asterisk.probe = seen  # type: ignore[method-assign]
    again.applier.recover()
    assert again.store.generation(2).state is GenerationState.REJECTED
    assert again.generations.current() == 1
    assert again.applier.journal.doubt() is None
