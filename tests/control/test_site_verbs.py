"""The verbs of the site, its draft, its extensions and its revisions, asked over the socket."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.control.client import ControlClient, ControlError
from appliance.model.access import Role
from tests.control.conftest import House

RECEPTION = {"number": "101", "name": "Reception", "secret": "Vexl9-quiet-Harbour"}
LAB = {"number": "102", "name": "Lab", "secret": "Copper-tide-31-Olive"}


def refused(ask: ControlClient, verb: str, **args: object) -> ControlError:
    with pytest.raises(ControlError) as caught:
        ask.ask(verb, **args)
    return caught.value


def codes(error: ControlError) -> set[tuple[str, str]]:
    return {(problem.where, problem.code) for problem in error.problems}


# --- extensions


def test_an_added_extension_is_in_the_draft_with_a_secret_of_the_boxs(house: House) -> None:
    added = house.console.ask("extension.add", extension={"number": "101", "name": "Reception"})
    assert added["extension"] == {"number": "101", "name": "Reception", "secret": "***"}
    shown = house.console.ask("extension.get", number="101", with_secrets=True)
    assert len(shown["extension"]["secret"]) == 20
    assert shown["version"] == added["version"]


def test_an_enabled_mailbox_gets_a_pin(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION | {"voicemail": {"enabled": True}})
    shown = house.console.ask("extension.get", number="101", with_secrets=True)["extension"]
    assert shown["voicemail"]["pin"].isdecimal()
    assert len(shown["voicemail"]["pin"]) == 6


def test_stars_sent_back_leave_the_secret_as_it_is(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    house.console.ask("extension.edit", number="101", changes={"name": "Desk", "secret": "***"})
    shown = house.console.ask("extension.get", number="101", with_secrets=True)["extension"]
    assert (shown["name"], shown["secret"]) == ("Desk", RECEPTION["secret"])


def test_secrets_are_shown_only_to_whom_may_see_them(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    supervisor = house.account("noor", Role.SUPERVISOR)
    assert supervisor.ask("extension.get", number="101")["extension"]["secret"] == "***"
    assert supervisor.ask("site.show")["document"]["extensions"][0]["secret"] == "***"
    assert RECEPTION["secret"] not in supervisor.ask("site.export")["text"]
    assert refused(supervisor, "extension.get", number="101", with_secrets=True).code == "forbidden"
    assert refused(supervisor, "site.export", with_secrets=True).code == "forbidden"
    assert RECEPTION["secret"] in house.console.ask("site.export", with_secrets=True)["text"]


def test_who_may_only_read_changes_nothing(house: House) -> None:
    supervisor = house.account("noor", Role.SUPERVISOR)
    for verb, args in (
        ("extension.add", {"extension": LAB}),
        ("site.import", {"document": {}}),
        ("site.apply", {}),
        ("box.edit", {"changes": {"name": "x"}}),
        ("draft.discard", {}),
    ):
        assert refused(supervisor, verb, **args).code == "forbidden"


def test_every_problem_of_an_extension_comes_back_with_its_field(house: House) -> None:
    error = refused(house.console, "extension.add", extension={"number": "1", "secret": "x", "nonsense": 1})
    assert {where for where, _ in codes(error)} == {
        "extensions[0].number", "extensions[0].name", "extensions[0].secret", "extensions[0].nonsense",
    }  # fmt: skip
    assert all(set(problem.text) == {"en", "ar", "fa", "zh"} for problem in error.problems)


def test_an_edit_that_brings_an_error_is_refused_whole(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    error = refused(house.console, "extension.edit", number="101", changes={"forward": {"busy": {"extension": "999"}}})
    assert error.code == "problems"
    assert "forward" not in house.console.ask("extension.get", number="101")["extension"]


def test_a_removed_extension_takes_along_what_points_at_it_only_when_told(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    house.console.ask("extension.add", extension=LAB | {"forward": {"busy": {"extension": "101"}}})
    assert house.console.ask("extension.references", number="101") == {"references": ["extensions[102].forward.busy"]}
    assert refused(house.console, "extension.remove", number="101").code == "in_use"
    removed = house.console.ask("extension.remove", number="101", cascade=True)
    assert removed["removed_references"] == ["extensions[102].forward.busy"]
    listed = house.console.ask("extension.list")
    assert [(one["number"], "forward" in one) for one in listed["extensions"]] == [("102", False)]


def test_extensions_are_found_by_a_part_of_name_or_number(house: House) -> None:
    for document in (RECEPTION, LAB):
        house.console.ask("extension.add", extension=document)
    assert [one["number"] for one in house.console.ask("extension.list", search="recep")["extensions"]] == ["101"]
    assert house.console.ask("extension.list", search="10", limit=1, offset=1)["total"] == 2
    assert house.console.ask("extension.list")["extensions"][0]["registered"] == 0


def test_what_is_not_there_is_not_found(house: House) -> None:
    for verb in ("extension.get", "extension.references", "extension.remove"):
        assert refused(house.console, verb, number="999").code == "not_found"


def test_somebody_elses_edit_is_not_overwritten(house: House) -> None:
    version = house.console.ask("extension.add", extension=RECEPTION)["version"]
    house.console.ask("extension.edit", number="101", changes={"name": "Desk"}, expect_version=version)
    error = refused(house.console, "extension.edit", number="101", changes={"name": "X"}, expect_version=version)
    assert error.code == "overtaken"
    assert house.console.ask("extension.get", number="101")["extension"]["name"] == "Desk"


def test_many_extensions_come_in_all_or_none(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    rows = [RECEPTION | {"name": "Desk"}, LAB, {"number": "x"}]
    assert refused(house.console, "extension.import", extensions=rows).code == "problems"
    assert house.console.ask("extension.list")["total"] == 1
    imported = house.console.ask("extension.import", extensions=rows[:2])
    assert (imported["added"], imported["changed"]) == (["102"], ["101"])


def test_a_rehearsed_import_tells_its_problems_and_saves_nothing(house: House) -> None:
    version = house.console.ask("extension.add", extension=RECEPTION)["version"]
    told = house.console.ask("extension.import", extensions=[LAB, {"number": "x"}], dry_run=True)
    assert {problem["where"] for problem in told["problems"]} == {"extensions[1].number", "extensions[1].name"}
    told = house.console.ask(
        "extension.import", extensions=[LAB | {"forward": {"busy": {"extension": "999"}}}], dry_run=True
    )
    assert {problem["where"] for problem in told["problems"]} == {"extensions[0].forward.busy"}
    assert house.console.ask("extension.list")["version"] == version


# --- the other parts


def test_the_box_sip_and_codes_are_edited_by_a_patch(house: House) -> None:
    house.console.ask("box.edit", changes={"name": "najd-clinic", "country": "SA", "time_zone": "Asia/Riyadh"})
    house.console.ask("sip.edit", changes={"codecs": ["alaw"]})
    house.console.ask("feature_codes.edit", changes={"echo_test": "*99"})
    document = house.console.ask("site.show")["document"]
    assert document["box"]["name"] == "najd-clinic"
    assert document["sip"] == {"codecs": ["alaw"]}
    assert document["feature_codes"] == {"echo_test": "*99"}
    house.console.ask("sip.edit", changes={"codecs": None})
    assert house.console.ask("site.show")["document"]["sip"] == {}


def test_an_error_that_was_there_before_does_not_hinder_another_edit(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    assert refused(house.console, "box.edit", changes={"extension_digits": 4}).code == "problems"
    assert house.console.ask("box.edit", changes={"name": "clinic"})["version"] == 2


# --- the whole site


def test_a_site_goes_in_and_comes_out_the_same(house: House) -> None:
    document = {
        "box": {"name": "clinic", "country": "SA", "time_zone": "Asia/Riyadh"},
        "extensions": [RECEPTION | {"voicemail": {"enabled": True, "pin": "407193"}}, LAB],
    }
    house.console.ask("site.import", document=document)
    text = house.console.ask("site.export", with_secrets=True)["text"]
    house.console.ask("draft.discard")
    assert house.console.ask("site.show")["document"] != document
    house.console.ask("site.import", text=text)
    assert house.console.ask("site.export", with_secrets=True)["text"] == text


def test_a_site_without_secrets_unregisters_no_phone(house: House) -> None:
    house.console.ask("site.import", document={"extensions": [RECEPTION, LAB]})
    text = house.console.ask("site.export")["text"]
    house.console.ask("site.import", text=text.replace("Reception", "Desk"))
    shown = house.console.ask("extension.get", number="101", with_secrets=True)["extension"]
    assert (shown["name"], shown["secret"]) == ("Desk", RECEPTION["secret"])


def test_extensions_that_a_site_file_leaves_out_are_gone_and_their_order_is_its(house: House) -> None:
    house.console.ask("site.import", document={"extensions": [RECEPTION, LAB]})
    house.console.ask("site.import", document={"extensions": [LAB | {"number": "105"}, RECEPTION]})
    assert [one["number"] for one in house.console.ask("extension.list")["extensions"]] == ["105", "101"]


def test_every_problem_of_a_site_file_comes_at_once_and_nothing_is_changed(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    bad = {"box": {"country": "xx"}, "queues": [], "extensions": [{"number": "1"}, RECEPTION, RECEPTION]}
    error = refused(house.console, "site.import", document=bad)
    assert {"box.country", "queues", "extensions[0].number", "extensions[2].number"} <= {
        where for where, _ in codes(error)
    }
    assert ("queues", "not_built") in codes(error)
    assert house.console.ask("extension.list")["total"] == 1


def test_a_rehearsed_site_file_is_not_saved(house: House) -> None:
    told = house.console.ask("site.import", text="extensions: [{number: 101}]", dry_run=True)
    assert {problem["code"] for problem in told["problems"]} == {"number_is_text", "required"}
    assert house.console.ask("site.import", document={"extensions": [LAB]}, dry_run=True)["problems"] == []
    assert house.console.ask("extension.list")["total"] == 0


def test_text_and_document_together_are_refused(house: House) -> None:
    assert refused(house.console, "site.import", text="{}", document={}).code == "bad_request"


def test_the_schema_is_for_those_who_may_read_the_site(house: House) -> None:
    assert house.console.ask("site.schema")["schema"]["properties"].keys() >= {"box", "extensions"}
    assert refused(house.web(), "site.schema").code == "not_signed_in"


# --- changes


def test_a_plan_shows_values_and_files_and_no_secret(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION | {"voicemail": {"enabled": True, "pin": "407193"}})
    plan = house.console.ask("site.plan")
    assert [(value["path"], value["kind"]) for value in plan["values"]] == [("extensions[101]", "added")]
    assert {"asterisk/extensions.conf", "asterisk/voicemail.conf"} <= {file["path"] for file in plan["files"]}
    assert all("+" in file["diff"] for file in plan["files"])
    assert RECEPTION["secret"] not in str(plan)
    assert "407193" not in str(plan)
    assert plan["reload_class"] == "reload"
    assert plan["calls_touched"] == []


def test_a_plan_of_what_runs_is_empty(house: House) -> None:
    plan = house.console.ask("site.plan")
    assert (plan["values"], plan["files"], plan["reload_class"]) == ([], [], None)


def test_without_asterisk_nothing_is_applied(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    assert refused(house.console, "site.apply").code == "asterisk_down"
    assert len(house.console.ask("revision.list")["revisions"]) == 1


def test_faults_are_planted_by_nobody_on_a_box_that_was_not_started_for_it(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    fault = {"path": "asterisk/extensions.conf", "find": "[phones]", "put": "["}
    assert refused(house.console, "site.apply", fault=fault).code == "faults_off"
    assert refused(house.account("layla", Role.ADMIN), "site.apply", fault=fault).code == "forbidden"


@pytest.mark.parametrize(
    ("verb", "code"), [("site.confirm", "nothing_to_confirm"), ("site.rollback", "nothing_to_roll_back")]
)
def test_what_cannot_be_done_says_why_in_every_language(house: House, verb: str, code: str) -> None:
    error = refused(house.console, verb)
    assert error.code == code
    assert set(error.text) == {"en", "ar", "fa", "zh"}
    assert code not in error.text.values()


def test_revisions_are_told_apart(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    difference = house.console.ask("revision.diff", **{"from": 1, "to": "draft"})
    assert [value["path"] for value in difference["values"]] == ["extensions[101]"]
    assert difference["files"]
    assert house.console.ask("revision.diff", **{"from": "draft", "to": "draft"}) == {"values": [], "files": []}
    assert refused(house.console, "revision.diff", **{"from": 1, "to": 77}).code == "not_found"


def test_every_change_is_written_down_without_its_secrets(house: House) -> None:
    house.console.ask("extension.add", extension=RECEPTION)
    house.console.ask("extension.edit", number="101", changes={"secret": "Rows-mint-88-Lantern"})
    house.console.ask("extension.import", extensions=[LAB], dry_run=True)
    entries = house.console.ask("audit.list")["entries"]
    assert [entry["action"] for entry in entries] == ["extension.edit", "extension.add"]
    assert "Lantern" not in str(entries)
    assert "Harbour" not in str(entries)


# --- the command line asks the same


def test_the_command_line_saves_shows_and_refuses(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from appliance.cli import exits, main

    socket = ["--socket", str(house.console_socket), "--language", "en"]

    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, *socket])
        return code, *capsys.readouterr()

    assert run("extension", "add", "101", "Reception", "--set", "voicemail.enabled=yes")[0] == exits.OK
    code, out, _ = run("extension", "list")
    assert (code, "Reception" in out) == (exits.OK, True)
    code, _, err = run("extension", "add", "1", "x")
    assert code == exits.REFUSED
    assert err.startswith("error: extensions[1].number: ")
    assert run("extension", "show", "999")[0] == exits.NOT_FOUND
    assert run("extension", "edit", "101", "--set", "call_limit=many")[0] == exits.USAGE
    assert run("extension", "edit", "101")[0] == exits.USAGE
    assert run("extension", "edit", "101", "--set", "may_pick_up=front,back", "--unset", "voicemail")[0] == exits.OK
    assert "may_pick_up" in run("extension", "show", "101")[1]
    assert run("sip", "edit", "--set", "tls=no", "--set", "codecs=alaw,ulaw")[0] == exits.OK
    assert "alaw, ulaw" in run("sip", "show")[1]
    assert run("plan")[0] == exits.OK
    code, _, err = run("apply")
    assert (code, "does not answer" in err) == (exits.REFUSED, True)
    site = tmp_path / "site.yaml"
    assert run("site", "export", "--with-secrets", "-o", str(site))[0] == exits.OK
    assert site.stat().st_mode & 0o777 == 0o600
    assert run("discard")[0] == exits.OK
    assert run("site", "import", str(site), "--dry-run")[0] == exits.OK
    assert run("site", "import", str(site))[0] == exits.OK
    assert run("site", "import", str(tmp_path / "missing"))[0] == exits.USAGE
    csv = tmp_path / "many.csv"
    csv.write_text("number;name\n102;Lab\n1;Bad\n", encoding="utf-8")
    code, _, err = run("extension", "import", str(csv))
    assert (code, "extensions[1].number:3:" in err) == (exits.REFUSED, True)
    for command in ("status", "revisions", "calls", "registrations", "history", "account list", "audit", "token list"):
        assert run(*command.split())[0] == exits.OK, command
        assert run(*command.split(), "--json")[1].startswith("{"), command
    assert main(["status", "--socket", str(tmp_path / "nobody")]) == exits.UNREACHABLE
