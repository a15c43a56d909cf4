"""The part of the dialplan that leads in."""

from __future__ import annotations

from hypothesis import given

from appliance.model.site import Site
from appliance.render import expected, render_site
from tests.model.strategies import sites
from tests.render.conf_reader import Conf, read
from tests.render.lines import DOCUMENT, LINE_FACTS, LINES
from tests.render.sites import DRAWN
from tests.render.test_extensions import PATH


def _conf(drawn: Site = LINES) -> Conf:
    return read(render_site(drawn, LINE_FACTS)[PATH].text)


def _lines(conf: Conf, context: str) -> list[str]:
    return [value for name, value in conf.section(context).values if name in {"exten", "same"}]


def test_a_line_says_its_trunk_and_an_analog_one_its_only_number() -> None:
    conf = _conf()
    assert _lines(conf, "line-pri") == [
        "s,1,Set(CALLED=none)",
        "n,Goto(in,1)",
        "_[0-9*#+]!,1,Set(CALLED=${FILTER(0-9,${EXTEN})})",
        "n,Goto(in,1)",
        "in,1,Set(TRUNK=pstn)",
        "n,Set(GROUP(trunk)=pstn)",
        "n,GotoIf($[${GROUP_COUNT(pstn@trunk)} > 30]?full)",
        "n,Goto(from-outside,s,1)",
        "n(full),UserEvent(LoopstartStep,Step: limit,Extension: ${CALLED},Detail: pstn)",
        "n,Hangup(17)",
    ]
    assert _lines(conf, "line-fxo")[0] == "s,1,Set(CALLED=966112349999)"


def test_r2_is_asked_for_every_digit() -> None:
    """chan_dahdi stops asking once what came matches, and nothing longer could."""
    trunks = [DOCUMENT["trunks"][0] | {"spans": ["pri", "r2"]}, DOCUMENT["trunks"][1]]
    sent = [
        line for line in _lines(_conf(Site.from_document(DOCUMENT | {"trunks": trunks})), "line-r2") if line[0] == "_"
    ]
    assert [line.partition(",")[0] for line in sent] == ["_X", "_XX", "_XXX", "_XXXX"]


def test_whatever_ending_of_a_number_is_sent_is_that_number() -> None:
    ours = dict(line.split(",1,") for line in _lines(_conf(), "our-numbers"))
    for sent in ("600", "5600", "2345600", "112345600", "0112345600", "966112345600"):
        assert ours[sent] == "Return(+966112345600)", sent
    assert ours["99"] == "Return(+966112349999)"
    assert ours["_[0-9]!"] == "Return(${EXTEN})"


def test_an_ending_that_two_numbers_share_is_nobodys() -> None:
    trunks = [DOCUMENT["trunks"][0] | {"numbers": ["+966112345600", "+966118885600"]}, DOCUMENT["trunks"][1]]
    ours = dict(
        line.split(",1,")
        for line in _lines(
            _conf(Site.from_document(DOCUMENT | {"trunks": trunks, "inbound_routes": []})), "our-numbers"
        )
    )
    assert "5600" not in ours and ours["45600"] == "Return(+966112345600)"


def test_routes_stand_in_contexts_named_by_their_conditions() -> None:
    conf = _conf()
    assert _lines(conf, "in") == ["966112345600,1,Goto(to-extension,101,1)", "any,1,Goto(to-extension,110,1)"]
    assert _lines(conf, "in-on-pstn") == ["966112345601,1,Goto(to-voicemail,110,1)"]
    assert _lines(conf, "in-from-966500000000") == ["any,1,Goto(to-hang_up,busy,1)"]


def test_the_caller_says_most_then_the_number_then_the_trunk() -> None:
    asked = [line.split("?")[1].rstrip(")") for line in _lines(_conf(), "from-outside") if "DIALPLAN_EXISTS" in line]
    assert asked == [
        "in-from-${CALLER}-on-${TRUNK},${CALLED},1", "in-from-${CALLER},${CALLED},1",
        "in-from-${CALLER}-on-${TRUNK},any,1", "in-from-${CALLER},any,1",
        "in-on-${TRUNK},${CALLED},1", "in,${CALLED},1", "in-on-${TRUNK},any,1", "in,any,1",
    ]  # fmt: skip


def test_an_analog_telephone_rings_on_its_channel() -> None:
    conf = _conf()
    [telephone] = [line for line in _lines(conf, "to-extension") if line.startswith("110,")]
    assert telephone.endswith("(4,25,110,,,,,,,125))")
    assert conf.section("hints").values[0] == ("exten", "110,hint,DAHDI/125&Custom:dnd-110")
    unplugged = Site.from_document(DOCUMENT | {"hardware": {"spans": []}, "trunks": []})
    [telephone] = [line for line in _lines(_conf(unplugged), "to-extension") if line.startswith("110,")]
    assert telephone.endswith(",none))")


@given(sites())
@DRAWN
def test_every_route_and_trunk_is_probed(drawn: Site) -> None:
    wanted = expected(drawn, LINE_FACTS).dialplan
    if drawn.trunks:
        assert {("by-route", route.name) for route in drawn.outbound_routes} <= wanted
        assert {("out-by", trunk.name) for trunk in drawn.trunks} <= wanted
        assert sum(context.startswith("in") for context, _ in wanted) >= bool(drawn.inbound_routes)
