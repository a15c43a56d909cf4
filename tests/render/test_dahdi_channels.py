"""chan_dahdi.conf: each line and each telephone has a section that says everything about it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from appliance.model.changes import ReloadClass
from appliance.model.edit import edit_extension
from appliance.model.hardware import FoundCard, FoundPort, Inventory, PortKind, SpanPlace
from appliance.model.members import edit_member
from appliance.model.site import Site
from appliance.model.verify import verify
from appliance.render import render_site
from tests.render.conf_reader import Conf, read
from tests.render.lines import B410, INVENTORY, LINE_FACTS, LINES, SPANS, TE435, lawless_lines
from tests.render.sites import DRAWN, FACTS, site

LINES_FILE, TELEPHONES_FILE = "asterisk/chan_dahdi.conf", "asterisk/chan_dahdi_telephones.conf"


def _conf(path: str, drawn: Site = LINES, inventory: Inventory = INVENTORY) -> Conf:
    return read(render_site(drawn, replace(LINE_FACTS, inventory=inventory))[path].text)


def test_a_primary_rate_line_carries_numbers_in_e164_and_says_its_trunk() -> None:
    section = _conf(LINES_FILE).section("line-pri")
    assert dict(section.values) == {
        "signalling": "pri_cpe", "context": "line-pri", "group": "1", "language": "en", "accountcode": "trunk/pstn",
        "switchtype": "euroisdn", "pridialplan": "unknown", "prilocaldialplan": "national",
        "internationalprefix": "+", "nationalprefix": "+966", "priindication": "outofband", "usecallerid": "yes",
        "callerid": "asreceived", "dahdichan": "1-15,17-31",
    }  # fmt: skip


def test_an_analog_line_knows_callers_and_hang_up_as_the_country_does() -> None:
    section = _conf(LINES_FILE).section("line-fxo")
    values = dict(section.values)
    assert values["signalling"] == "fxs_ks"
    assert (values["cidsignalling"], values["cidstart"]) == ("dtmf", "dtmf")
    assert (values["busydetect"], values["busycount"], values["busypattern"]) == ("yes", "6", "500,500")
    britain = LINES.model_copy(update={"box": LINES.box.model_copy(update={"country": "GB"})})
    values = dict(_conf(LINES_FILE, britain).section("line-fxo").values)
    assert (values["cidsignalling"], values["cidstart"]) == ("v23", "polarity")


def test_other_lines_have_the_signalling_of_their_kind() -> None:
    conf = _conf(LINES_FILE)
    assert dict(conf.section("line-r2").values)["mfcr2_variant"] == "mx"
    assert dict(conf.section("line-t1").values)["signalling"] == "em_w"
    assert dict(conf.section("line-bri").values)["signalling"] == "bri_cpe_ptmp"
    assert dict(conf.section("line-out").values)["context"] == "no-trunk"


def test_a_telephone_is_its_extension_and_every_free_port_is_there_too() -> None:
    conf = _conf(TELEPHONES_FILE)
    assert [section.name for section in conf.sections] == ["telephone-125", "telephone-126"]
    values = conf.section("telephone-125").values
    assert conf.section("telephone-125").all("setvar") == [
        "EXTENSION=110", "CALL_LIMIT=4", "TRANSFER_CONTEXT=transfers",
    ]  # fmt: skip
    assert dict(values) | {"setvar": ""} == {
        "signalling": "fxo_ks", "cidsignalling": "dtmf", "cidstart": "dtmf", "usecallerid": "yes",
        "context": "line-phones", "callerid": '"Lobby; telephone" <110>', "accountcode": "extension/110",
        "language": "en", "mailbox": "110@default", "namedcallgroup": "front", "namedpickupgroup": "",
        "callwaiting": "yes", "threewaycalling": "yes", "transfer": "yes", "dahdichan": "125", "setvar": "",
    }  # fmt: skip
    assert dict(conf.section("telephone-126").values)["context"] == "no-extension"


def test_a_telephone_at_a_channel_bank_is_its_extension_and_rings() -> None:
    card = FoundCard("DYN/loc/4:1", None, "", (FoundPort(1, PortKind.T1, 1, 1, 24),))
    inventory = Inventory((card,), (SpanPlace(card.identity, 1, 8, 218, 31),))
    span = {"name": "bank", "card": card.identity, "port": 1, "kind": "t1", "signalling": "fxo_ks"}
    telephone = {"number": "132", "name": "Hall", "line": {"span": "bank", "channel": 24}}
    drawn = site(telephone, hardware={"spans": [span]})
    assert list(verify(drawn)) == []
    values = dict(_conf(TELEPHONES_FILE, drawn, inventory).section("telephone-241").values)
    assert (values["signalling"], values["accountcode"]) == ("fxo_ks", "extension/132")
    dialplan = render_site(drawn, replace(LINE_FACTS, inventory=inventory))["asterisk/extensions.conf"].text
    assert "Gosub(ring-extension,132,1(" in dialplan and ",241))" in dialplan


def test_a_telephone_shows_callers_as_one_dials_them_on_it() -> None:
    dialplan = read(render_site(LINES, LINE_FACTS)["asterisk/extensions.conf"].text)
    [ringing] = [step for step in dialplan.section("ring-extension").all("same") if "Dial(DAHDI/" in step]
    assert ringing.endswith("b(to-telephone^s^1))")
    assert "n,Gosub(as-dialled,${CALLER},1)" in dialplan.section("to-telephone").all("same")
    alone = site({"number": "110", "name": "Hall", "line": {"span": "fxs", "channel": 1}}, hardware={"spans": SPANS})
    dialplan = read(render_site(alone, LINE_FACTS)["asterisk/extensions.conf"].text)
    [ringing] = [step for step in dialplan.section("ring-extension").all("same") if "Dial(DAHDI/" in step]
    assert "to-telephone" not in ringing  # nobody calls from outside
    assert "to-telephone" not in [section.name for section in dialplan.sections]


def test_what_is_said_of_a_telephone_is_reloaded_and_everything_else_waits() -> None:
    def changed(after: Site) -> dict[str, ReloadClass]:
        old, new = render_site(LINES, LINE_FACTS), render_site(after, LINE_FACTS)
        return {path: file.reload_class for path, file in new.items() if old[path] != file}

    assert changed(edit_extension(LINES, "110", {"name": "Hall"}).site) == {TELEPHONES_FILE: ReloadClass.RELOAD}
    assert set(changed(edit_extension(LINES, "110", {"line": {"span": "fxs", "channel": 2}}).site).values()) == {
        ReloadClass.RELOAD
    }
    waits = changed(edit_member(LINES, "hardware.spans", "pri", {"signalling": "pri_net"}).site)
    assert waits[LINES_FILE] is ReloadClass.RESTART_WHEN_IDLE
    assert waits["dahdi/system.conf"] is ReloadClass.RESTART_WHEN_IDLE
    assert changed(edit_member(LINES, "outbound_routes", "local", {"class": "national"}).site) == {
        "asterisk/extensions.conf": ReloadClass.RELOAD
    }


def test_the_channels_of_a_card_that_is_away_are_left_out() -> None:
    inventory = replace(INVENTORY, cards=(TE435, B410))
    assert _conf(TELEPHONES_FILE, inventory=inventory).sections == []
    names = [section.name for section in _conf(LINES_FILE, inventory=inventory).sections]
    assert "line-fxo" not in names and "line-pri" in names


def test_chan_dahdi_is_loaded_only_where_there_are_lines() -> None:
    assert "chan_dahdi" not in render_site(site(), FACTS)["asterisk/modules.conf"].text
    assert "load = chan_dahdi.so\n" in render_site(LINES, LINE_FACTS)["asterisk/modules.conf"].text
    assert [section.name for section in _conf(LINES_FILE, site()).sections] == ["trunkgroups", "channels"]


@given(lawless_lines())
@DRAWN
def test_no_text_adds_a_line_a_section_or_an_option(lawless: Site) -> None:
    conf = _conf(TELEPHONES_FILE, lawless)
    tame = _conf(TELEPHONES_FILE).section("telephone-125")
    assert [section.name for section in conf.sections] == ["telephone-125", "telephone-126"]
    assert [name for name, _ in conf.sections[0].values] == [name for name, _ in tame.values]
    lines = _conf(LINES_FILE, lawless)
    assert len(lines.sections) in {2, 3}
    assert lines.directives == ['#include "chan_dahdi_telephones.conf"']
