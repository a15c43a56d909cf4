"""Call records and the front panel in the whole daemon: set in the site, shown by the verbs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from appliance.control import front_panel
from appliance.control.client import ControlError
from appliance.control.front_panel import DisplaySettings
from appliance.control.smdr import settings_of
from appliance.hardware.serial.settings import SerialSettings
from appliance.live.smdr import call_record
from appliance.model.changes import GenerationState
from appliance.model.serial_line import CharacterFrame, FlowControl, Speed
from appliance.model.site import Site
from appliance.model.smdr import SmdrFormat
from appliance.model.spans import DisplayKind
from appliance.render.display.menu import Place, State
from appliance.render.display.picture import Key
from appliance.store.smdr import SmdrBuffer
from tests.boxes import wait_until
from tests.control.conftest import House
from tests.hardware.conftest import ended_call
from tests.hardware.far_ends.accounting import TcpAccounting, csv_call
from tests.hardware.far_ends.displays import Cfa635
from tests.hardware.far_ends.wire import Wire


def run_site(house: House, document: dict[str, object], state: GenerationState = GenerationState.CONFIRMED) -> None:
    """Make a site the running one, as applying does, without an Asterisk that would have to take it."""
    site = Site.from_document(document)
    store = house.stores.site
    revision = store.add_revision(site, "noor", "")
    number = store.add_generation(revision)
    by = house.rooms.clock() + timedelta(seconds=90) if state is GenerationState.AWAITING else None
    store.set_generation(number, state, confirm_by=by)


def test_what_the_site_says_becomes_settings() -> None:
    smdr = {
        "serial": "ttyS0",
        "speed": 1200,
        "framing": "7E1",
        "flow": "rtscts",
        "tcp_port": 2300,
        "format": "fixed-80",
    }
    settings = settings_of(Site.from_document({"hardware": {"smdr": smdr}, "box": {"time_zone": "Asia/Riyadh"}}))
    assert settings.serial == SerialSettings("ttyS0", Speed.B1200, CharacterFrame.F7E1, FlowControl.RTSCTS)
    assert (settings.tcp_port, settings.layout, str(settings.zone)) == (2300, SmdrFormat.FIXED_80, "Asia/Riyadh")


def test_a_port_in_the_site_is_offered_and_a_test_record_goes_through(house: House) -> None:
    with pytest.raises(ControlError) as refused:
        house.console.ask("smdr.test")
    assert refused.value.code == "smdr_off"
    run_site(house, {"hardware": {"smdr": {"tcp_port": 2309}}})
    wait_until(lambda: house.console.ask("smdr.status")["readers"], "the port is offered")
    reader = TcpAccounting(2309)
    wait_until(lambda: _connected(reader), "it listens")
    call_id = house.console.ask("smdr.test")["call_id"]
    reader.read_until(lambda lines: len(lines) == 1)
    assert csv_call(reader.lines.lines[0]) == call_id
    wait_until(lambda: house.console.ask("smdr.status")["readers"][0]["waiting"] == 0, "it is delivered")
    [status] = house.console.ask("smdr.status")["readers"]
    assert (status["where"], status["connected"], status["delivered_to"]) == ("tcp 2309", True, 1)
    assert house.console.ask("smdr.tail", limit=5)["records"] == [{"number": 1, "line": reader.lines.lines[0]}]
    newest = house.console.ask("audit.list", limit=1)["entries"][0]
    assert (newest["action"], newest["subject"]) == ("smdr.test", call_id)
    run_site(house, {})
    wait_until(lambda: not house.console.ask("smdr.status")["readers"], "the port is closed")
    assert house.ill() is None


def _connected(reader: TcpAccounting) -> bool:
    try:
        reader.connect()
    except ConnectionError:
        return False
    return True


def test_a_buffer_that_cannot_be_written_costs_no_history_and_is_made_up_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from appliance.store.errors import DiskFullError

    smdr = house.rooms.smdr
    smdr.set(settings_of(Site.from_document({"hardware": {"smdr": {"serial": "ttyS99"}}})))
    real = SmdrBuffer.add

    def full(self: SmdrBuffer, records: object) -> int:
        raise DiskFullError(path="smdr.db")

    monkeypatch.setattr(SmdrBuffer, "add", full)
    smdr.write([ended_call(1)])
    assert smdr.tail(10) == ()
    assert len(house.console.ask("history.list")["contacts"]) == 1
    monkeypatch.setattr(SmdrBuffer, "add", real)
    smdr.mark_known(house.rooms.clock())
    [(record, _)] = smdr.tail(10)
    expected = call_record(ended_call(1).record)  # type: ignore[union-attr]
    assert expected is not None and record.call_id == expected.call_id


def test_the_panel_shows_the_box_and_gives_the_first_code(house: House) -> None:
    panel, rooms = house.rooms.display, house.rooms
    rows = house.console.ask("display.show")["rows"]
    assert rows[2].strip() == "Asterisk is away"
    for key in (Key.ENTER, Key.ENTER, Key.RIGHT):
        panel.pressed(rooms, key)
    picture = panel.pressed(rooms, Key.ENTER)
    assert picture.rows[0].strip() == "First sign-in code:"
    code = picture.rows[1].strip()
    assert "?" not in code
    claimed = house.web().ask("first_run.claim", code=code, name="noor", password="correct horse battery")
    assert claimed["account"]["name"] == "noor"
    actions = [entry["action"] for entry in house.console.ask("audit.list")["entries"]]
    assert "display.new_code" in actions


def test_a_change_that_awaits_confirmation_is_kept_from_the_panel(house: House) -> None:
    run_site(house, {"box": {"name": "najd"}}, GenerationState.AWAITING)
    panel, rooms = house.rooms.display, house.rooms
    panel.pressed(rooms, Key.ENTER)
    for key in (Key.UP, Key.UP, Key.ENTER, Key.RIGHT):
        panel.pressed(rooms, key)
    assert panel.pressed(rooms, Key.ENTER).rows[0].strip() == "The change stays."
    assert house.stores.site.awaiting() is None


def test_undoing_when_nothing_awaits_goes_back_to_nothing(house: House) -> None:
    from appliance.render.display.menu import Action

    before = house.stores.site.running()
    told = house.rooms.display._done(house.rooms, Action.UNDO_CHANGE)
    assert told == State(Place.TOLD, told=("It did not work:", "nothing to confirm"))
    assert house.stores.site.running() == before


def test_a_display_in_the_site_is_found_by_what_it_says_it_is_and_driven(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from appliance.hardware.serial.ports import SerialPort

    wire = Wire(tmp_path / "port")
    wire.plug()
    found = (SerialPort("usb-x", "/dev/null", "usb"), SerialPort("usb-y", str(wire.port), "crystalfontz-635"))
    monkeypatch.setattr(front_panel, "find_ports", lambda: found)
    far_end = Cfa635(wire)
    far_end.start()
    try:
        house.rooms.display.set(DisplaySettings(DisplayKind.CRYSTALFONTZ_635), house.rooms)
        wait_until(lambda: "Asterisk is away" in far_end.glass.rows[2], "the picture")
        far_end.key(5)
        wait_until(lambda: far_end.glass.rows[0].startswith(">First sign-in code"), "the menu")
        shown = house.console.ask("display.test")
        assert shown["connected"] and shown["rows"][0] == "#" * 20
        wait_until(lambda: far_end.glass.rows[0] == "#" * 20, "every dot")
        assert far_end.faults == []
    finally:
        house.rooms.display.stop()
        far_end.stop()
        wire.unplug()


def test_a_lamp_test_without_a_display_is_refused(house: House) -> None:
    with pytest.raises(ControlError) as refused:
        house.console.ask("display.test")
    assert refused.value.code == "display_off"
