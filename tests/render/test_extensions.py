"""extensions.conf: each line is ours, and says what the site says."""

from __future__ import annotations

import re

from hypothesis import given

from appliance.model.site import Site
from appliance.render import render_site
from appliance.render.asterisk.modules import LINE_MODULES, MODULES
from tests.model.strategies import sites
from tests.render.conf_reader import Conf, read
from tests.render.sites import DRAWN, FACTS, lawless_sites, site

PATH = "asterisk/extensions.conf"
APPLICATIONS = {
    "Answer", "Dial", "Echo", "ExecIf", "Gosub", "Goto", "GotoIf", "Hangup", "Pickup", "Playback", "Progress", "Read",
    "Return",
    "SayDigits", "Set", "UserEvent", "VoiceMail", "VoiceMailMain", "Wait",
}  # fmt: skip
"""Every application our dialplan may run. What opens files, programs or networks is not among them."""
STEP = re.compile(
    r"(?P<extension>[^,]+),(?P<priority>\d+|n(\([a-z-]+\))?),(?P<application>[A-Za-z]+)\((?P<argument>.*)\)"
)


def dialplan(site: Site) -> Conf:
    return read(render_site(site, FACTS)[PATH].text)


def steps(conf: Conf) -> list[tuple[str, str, str, str]]:
    """(context, extension, application, argument) of every priority but hints."""
    found = []
    for section in conf.sections:
        extension = ""
        for name, value in section.values:
            if name not in {"exten", "same"} or ",hint," in value:
                continue
            match = STEP.fullmatch(f"{extension},{value}" if name == "same" else value)
            assert match is not None, value
            extension = match["extension"]
            found.append((section.name, extension, match["application"], match["argument"]))
    return found


@given(lawless_sites())
@DRAWN
def test_no_value_adds_an_application_or_an_argument(lawless: Site) -> None:
    for context, _, application, argument in steps(dialplan(lawless)):
        assert application in APPLICATIONS
        if context == "to-extension":
            target, call = argument.split(",", 2)[:2], argument.split(",", 2)[2]
            assert (application, target[0]) == ("Gosub", "ring-extension")
            arguments = call.removeprefix("1(").removesuffix(")")
            assert len(arguments.split(",")) in {9, 10}
            assert "(" not in arguments and "$" not in arguments
        if context in {"to-voicemail", "own-voicemail"}:
            assert application in {"Goto", "VoiceMailMain"}
            plain = r"[\w.+*#-]+"
            assert re.fullmatch(rf"leave-voicemail,{plain},1|{plain}@default(,s)?", argument)


@given(sites())
@DRAWN
def test_each_extension_and_each_mailbox_has_one_line(drawn: Site) -> None:
    found = [(context, extension) for context, extension, *_ in steps(dialplan(drawn))]
    for extension in drawn.extensions:
        assert found.count(("to-extension", extension.number)) == 1
        mailboxes = [found.count((context, extension.number)) for context in ("to-voicemail", "own-voicemail")]
        assert mailboxes == ([1, 1] if extension.voicemail.enabled else [0, 0])


def test_an_extension_carries_its_settings_in_one_line() -> None:
    text = render_site(
        site(
            {"number": "101", "name": "Reception"},
            {
                "number": "102",
                "name": "Dr. Layla Haddad",
                "call_limit": 2,
                "voicemail": {"enabled": True, "pin": "118206"},
                "forward": {
                    "busy": {"extension": "101"},
                    "no_answer": {"after": 20, "to": {"voicemail": "102"}},
                },
            },
            {
                "number": "103",
                "name": "Lab",
                "voicemail": {"enabled": True},
                "forward": {"always": {"hang_up": "rejected"}},
            },
        ),
        FACTS,
    )[PATH].text
    assert text.endswith(
        """
[to-extension]
exten => 103,1,Gosub(ring-extension,103,1(4,25,103,hang_up,rejected,,,,))
exten => 102,1,Gosub(ring-extension,102,1(2,20,102,,,extension,101,voicemail,102))
exten => 101,1,Gosub(ring-extension,101,1(4,25,,,,,,,))

[to-voicemail]
exten => 103,1,Goto(leave-voicemail,103,1)
exten => 102,1,Goto(leave-voicemail,102,1)

[own-voicemail]
exten => 103,1,VoiceMailMain(103@default,s)
exten => 102,1,VoiceMailMain(102@default)
"""
    )


@given(sites())
@DRAWN
def test_numbers_are_written_downwards_for_asterisk_to_read_them_quickly(drawn: Site) -> None:
    found = [(context, extension) for context, extension, *_ in steps(dialplan(drawn))]
    for each in ("to-extension", "to-voicemail", "own-voicemail"):
        numbers = [extension for context, extension in found if context == each]
        assert numbers == sorted(numbers, reverse=True)


def test_a_phone_dials_numbers_of_the_lengths_that_exist() -> None:
    conf = dialplan(site({"number": "101", "name": "A"}, {"number": "2001", "name": "B"}))
    patterns = {extension for context, extension, *_ in steps(conf) if context == "dialled"}
    assert patterns == {"_XXX", "_XXXX"}


def test_the_code_of_a_forward_is_cut_off_by_its_own_length() -> None:
    conf = dialplan(site(feature_codes={"forward_busy_set": "*7412"}))
    [cut] = [
        argument
        for _, extension, application, argument in steps(conf)
        if extension == "_*7412X." and application == "Set" and argument.startswith("NUMBER=")
    ]
    assert cut == "NUMBER=${FILTER(0-9,${EXTEN:5})}"


def test_a_phone_sends_a_call_only_where_something_is() -> None:
    assert dialplan(site()).section("transfers").values == [("include", "to-extension")]


def test_every_jump_lands() -> None:
    conf = dialplan(site({"number": "101", "name": "A", "voicemail": {"enabled": True}}))
    places = {section.name for section in conf.sections} | {extension for _, extension, *_ in steps(conf)}
    labels = {
        label
        for section in conf.sections
        for name, value in section.values
        if name in {"exten", "same"}
        for label in re.findall(r"^(?:[^,]+,)?n\(([a-z-]+)\)", value)
    }
    for _, _, application, argument in steps(conf):
        if application == "GotoIf":
            targets = argument.rpartition("?")[2].split(":")
        elif application in {"Goto", "Gosub"}:
            targets = [argument]
        else:
            continue
        for target in targets:
            if "${" in target.split(",")[0]:
                continue
            assert target in labels or target.split(",")[0] in places, target


def test_every_application_and_function_is_loaded() -> None:
    loaded = {name for names in (*MODULES.values(), *LINE_MODULES.values()) for name in names}
    modules = {
        "Dial": "app_dial", "Echo": "app_echo", "ExecIf": "app_exec", "Gosub": "app_stack", "Return": "app_stack",
        "Pickup": "app_directed_pickup", "Playback": "app_playback", "Read": "app_read",
        "UserEvent": "app_userevent", "VoiceMail": "app_voicemail", "VoiceMailMain": "app_voicemail",
    }  # fmt: skip
    functions = {
        "CHANNEL": "func_channel",
        "DB": "func_db", "DB_EXISTS": "func_db", "DB_DELETE": "func_db", "DEVICE_STATE": "func_devstate",
        "DIALPLAN_EXISTS": "func_dialplan", "EXPORT": "func_export", "FILTER": "func_strings",
        "GROUP": "func_groupcount", "GROUP_COUNT": "func_groupcount", "IF": "func_logic", "LEN": "func_strings",
        "PJSIP_DIAL_CONTACTS": "chan_pjsip", "REDIRECTING": "func_callerid", "REGEX": "func_strings",
        "TIMEOUT": "func_timeout",
    }  # fmt: skip
    found = steps(dialplan(site({"number": "101", "name": "A"})))
    built_in = {"Answer", "Goto", "GotoIf", "Hangup", "SayDigits", "Set", "Wait"}
    assert {application for _, _, application, _ in found} - built_in <= modules.keys()
    used = {name for *_, argument in found for name in re.findall(r"\$\{([A-Z_]+)\(", argument)}
    used |= {match[1] for *_, argument in found if (match := re.match(r"([A-Z_]+)\(", argument))}
    assert used == functions.keys()
    assert {modules[name] for name in modules} | set(functions.values()) <= loaded
