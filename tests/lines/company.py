"""The telephone company: what is at the far end of every line, and the people who use it.

Everybody says a tone of their own. `CALLER` and `CALLER_NAME` are who a call is made as, `DO` is what people do who
are called, `NEXT` whom they call then: global variables of the dialplan, set by the test.
"""

from __future__ import annotations

from tests.image.machine import Machine
from tests.lines.exchange import Exchange, listens, note, script
from tests.lines.loopback import FAR, Place, card

CALLER_TONE, CALLED_TONE, NEXT_TONE = 550, 1270, 1030
"""Hertz. None is a multiple of another, nor a tone of dialling or of a call's progress (ITU-T Q.23, E.180)."""
LINES, TELEPHONES = 2, 8
"""How many of each are plugged in, of the 24 that a channel bank has: the first telephones, and the last lines, for the
box calls out by the last one that is free.
"""
R2 = (
    "mfcr2\nmfcr2_variant=itu\nmfcr2_max_ani=10\nmfcr2_max_dnis=10\nmfcr2_category=national_subscriber\n"
    "mfcr2_accept_on_offer=no"
)
"""The E1 with MFC/R2 instead of ISDN: a side of its own. That a subscriber is busy is told while the registers still
talk: once a call is accepted, R2 has no signal for it.
"""
KEYS, KEYS_BACK = "1234567890*", "0987654321*"

_CHANNELS = """\
; As many as DAHDI gives: the emulator is not always in time to read them.
buffers=32,immediate
switchtype=euroisdn
pridialplan=unknown
prilocaldialplan=unknown
internationalprefix=00
nationalprefix=0
usecallerid=yes
context=from-customer
group=1
signalling={side}
channel => {pri}
context=from-line
group=2
signalling=fxo_ks
cidsignalling=v23
channel => {lines}
context=telephone
group=3
signalling=fxs_ks
cidsignalling=v23
cidstart=ring
channel => {telephones}
"""


_ARRIVES = [
    note("arrived", "called=${EXTEN}", "number=${CALLERID(num)}", "name=${CALLERID(name)}", "context=${CONTEXT}"),
    "Goto(person,${DO},1)",
]
_CALLS_AS = ["Set(CALLERID(num)=${CALLER})", "Set(CALLERID(name)=${CALLER_NAME})"]
_ENDED = note("ended", "cause=${HANGUPCAUSE}", "status=${DIALSTATUS}")
_PEOPLE = {
    # Who calls, once answered.
    "caller": listens(CALLER_TONE, "caller_heard"),
    # A caller of a mailbox, who speaks once the greeting is over. Later the recording is ended by a key, what the box
    # says to it is heard, and another key begins the recording anew.
    "leaves-message": ["Set(FILE=${RECORD_TO}/${UNIQUEID}-greeting.wav)", "Record(${FILE},0,6,qk)",
                       note("greeted", "who=${CHANNEL}", "file=${FILE}"), f"Playtones({CALLER_TONE})", "Wait(1200)"],
    "leaves-another": ["StopPlaytones()", "SendDTMF(#,250,250)", "Set(FILE=${RECORD_TO}/${UNIQUEID}-menu.wav)",
                       "Record(${FILE},0,5,qk)", note("offered", "who=${CHANNEL}", "file=${FILE}"),
                       "SendDTMF(3,250,250)", f"Playtones({CALLER_TONE})", "Wait(10)", note("said"), "Wait(1200)"],
    "caller-keys": ["Wait(2)", f"SendDTMF({KEYS},250,250)", "Read(KEYS,,11,,1,60)", note("back", "keys=${KEYS}"),
                    "Wait(600)"],
    # A telephone whose receiver is lifted: after two seconds of dial tone a number, as slowly as fingers do it.
    "dials": ["Wait(2)", "SendDTMF(${DIAL},250,250)", *listens(CALLER_TONE, "caller_heard")],
    "dials-keys": ["Wait(2)", "SendDTMF(${DIAL},250,250)", "Wait(10)", f"SendDTMF({KEYS},250,250)",
                   "Read(KEYS,,11,,1,60)", note("back", "keys=${KEYS}"), "Wait(600)"],
    # Who is called.
    "called": ["Answer()", note("answered"), *listens(CALLED_TONE, "called_heard")],
    "next": ["Answer()", note("next_answered"), *listens(NEXT_TONE, "next_heard")],
    "keys": ["Answer()", "Read(KEYS,,11,,1,60)", note("keys", "keys=${KEYS}"), f"SendDTMF({KEYS_BACK},250,250)",
             "Wait(600)"],
    "rings": ["Ringing()", "Wait(600)"],
    "hangs-up": ["Answer()", "Wait(2)", "Hangup()"],
    "test-tone": ["Answer()", "Playtones(1004)", "Wait(60)"],
    "silent": ["Answer()", "Wait(60)"],
    # A call to a number of the box's own: it comes in again, and rings.
    "comes-back": ["Set(GLOBAL(DO)=rings)", "Dial(DAHDI/g1/${NEXT},60)"],
    # A telephone that puts its caller on hold and calls somebody else.
    "consults": ["Answer()", "Wait(3)", "Set(GLOBAL(DO)=next)", "Flash()", note("flashed"), "Wait(3)",
                 "SendDTMF(${NEXT},250,250)", *listens(CALLED_TONE, "asker_heard")],
    "joins": ["Flash()", note("joined"), *listens(CALLED_TONE, "joined_heard")],
    "returns": ["Answer()", "Wait(3)", "Flash()", note("flashed"), "Wait(5)", "Flash()", note("returned"),
                *listens(CALLED_TONE, "called_heard")],
}  # fmt: skip


def _dialplan() -> str:
    return (
        "[globals]\nRECORD_TO=/run/test/company\nDO=called\nNEXT=101\n"
        # g1*NUMBER by a trunk group; r*CHANNEL rings a line.
        "[out]\n"
        + script("_g[1-3]*X!", [*_CALLS_AS, "Dial(DAHDI/${EXTEN:0:2}/${EXTEN:3},120)", _ENDED])
        + script("_r*X!", [*_CALLS_AS, "Dial(DAHDI/${EXTEN:2},120)", _ENDED])
        + "[from-customer]\n"
        # 05500000CC ends with that cause.
        + script("_05500000XX", [_ARRIVES[0], "Hangup(${EXTEN:-2})"])
        # As long as all numbers outside are: R2 asks for no more digits than a number can have.
        + script("_XXXXXXXXXX", _ARRIVES)
        # A line brings what is dialled on it, digit by digit: seven, as the exchange knows its own.
        + "[from-line]\n"
        + script("_XXXXXXX", _ARRIVES)
        + "[telephone]\n"
        + script("s", _ARRIVES)
        + "[person]\n"
        + "".join(script(name, steps) for name, steps in _PEOPLE.items())
        + script("h", [note("hung_up", "number=${CALLERID(num)}")])
    )


class Company(Exchange):
    """places: by identity, as :func:`tests.lines.loopback.places` gives them. side: of the primary rate line."""

    def __init__(self, machine: Machine, places: dict[str, Place], side: str = "pri_net") -> None:
        self.pri, self.lines, self.telephones = (places[card(pair, FAR)] for pair in ("pri", "lines", "telephones"))
        text = _CHANNELS.format(
            side=side,
            pri=self.pri.bearers,
            lines=f"{self.line(LINES)}-{self.line(1)}",
            telephones=f"{self.telephone(1)}-{self.telephone(TELEPHONES)}",
        )
        super().__init__(machine, "company", text, _dialplan())

    def line(self, number: int) -> int:
        """The company's DAHDI channel of a line, counted from 1, which is the last."""
        return self.lines.last - number + 1

    def telephone(self, number: int) -> int:
        """That of a telephone."""
        return self.telephones.base + number - 1

    def calls(self, *numbers: str, does: str = "caller", by: str = "g1") -> None:
        """Somebody outside dials each of these numbers of the box's, and once answered `does` something."""
        self.call(does, *(f"Local/{by}*{number}@out/n" for number in numbers))

    def calls_plainly(self, *numbers: str, does: str = "caller") -> None:
        """The same as nobody in particular, without a Local channel: many at once make a third of the channels."""
        self.call(does, *(f"DAHDI/g1/{number}" for number in numbers))

    def turns_to(self, does: str, *channels: str) -> None:
        """Those who are on these channels do something else from now on."""
        self.ask(*(f"channel redirect {channel} person,{does},1" for channel in channels))

    def rings(self, line: int, does: str = "caller") -> None:
        """Somebody outside calls a line of the box's."""
        self.call(does, f"Local/r*{self.line(line)}@out/n")

    def telephone_dials(self, number: str, telephone: int = 1, does: str = "dials") -> None:
        """A receiver is lifted and a number dialled."""
        self.sets(dial=number)
        self.call(does, f"DAHDI/{self.telephone(telephone)}")

    def telephone_is_lifted(self, telephone: int = 1) -> None:
        """A receiver is lifted, and nothing is dialled."""
        self.call("silent", f"DAHDI/{self.telephone(telephone)}")
