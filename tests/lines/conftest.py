"""One machine for all tests of lines; its spans made once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.lines import loopback
from tests.lines.exchange import Exchange
from tests.lines.machine import LinesMachine, disk

COMPANY_LINES = """\
switchtype=euroisdn
pridialplan=unknown
prilocaldialplan=unknown
context=from-customer
usecallerid=yes
group=1
signalling=pri_net
channel => 1-15,17-31
signalling=fxo_ks
group=2
channel => 63-64
signalling=fxs_ks
cidsignalling=bell
cidstart=ring
context=telephone
group=3
channel => 65-66
"""
CUSTOMER_LINES = """\
switchtype=euroisdn
pridialplan=unknown
prilocaldialplan=unknown
context=from-company
usecallerid=yes
group=1
signalling=pri_cpe
channel => 32-46,48-62
signalling=fxs_ks
cidsignalling=bell
cidstart=ring
group=2
channel => 67-68
signalling=fxo_ks
context=from-telephone
callerid="Lobby" <110>
group=3
channel => 69-70
"""
SOUND = """\
[tone]
exten => s,1,Set(DB(note/answered)=yes)
 same => n,Milliwatt(m)
exten => h,1,Set(DB(note/ended)=yes)

[call]
exten => _X!,1,Set(CALLERID(num)=5550100)
 same => n,Set(CALLERID(name)=Najd Clinic)
 same => n,Dial(DAHDI/g1/${EXTEN},60)
 same => n,Set(DB(note/cause)=${HANGUPCAUSE})

[ring]
exten => _X!,1,Set(CALLERID(num)=5550100)
 same => n,Set(CALLERID(name)=Najd Clinic)
 same => n,Dial(DAHDI/${EXTEN},60)

[answer]
exten => _[0-9s]!,1,Set(DB(note/called)=${EXTEN})
 same => n,Set(DB(note/number)=${CALLERID(num)})
 same => n,Set(DB(note/name)=${CALLERID(name)})
 same => n,Answer()
 same => n,Record(${RECORD_TO}/heard.wav,0,3,qk)
 same => n,Set(DB(note/recorded)=yes)
 same => n,Wait(60)
exten => h,1,Set(DB(note/ended)=yes)
"""
# A line brings no number; a telephone dials seven digits; an exchange sends all of them at once.
ARRIVALS = {
    "from-customer": "_X!",
    "from-company": "_X!",
    "from-telephone": "_5XXXXXX",
    "telephone": "_X!",
}


def dialplan(folder: str, *contexts: str) -> str:
    """Contexts in which calls arrive, each answered; 666 is busy."""
    arriving = "".join(
        f"[{context}]\nexten => s,1,Goto(answer,s,1)\nexten => 666,1,Hangup(17)\n"
        f"exten => {ARRIVALS[context]},1,Goto(answer,${{EXTEN}},1)\n"
        for context in contexts
    )
    return f"[globals]\nRECORD_TO={folder}\n{SOUND}{arriving}"


@dataclass(frozen=True)
class Ends:
    """Both ends of the lines."""

    machine: LinesMachine
    company: Exchange
    customer: Exchange

    def begin(self) -> None:
        """Wait until no call is up, and forget what earlier calls left."""
        for end in (self.company, self.customer):
            end.ask("channel request hangup all")
            end.idle()
            end.forget()


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LinesMachine]:
    """The box's root on a machine with the loopback spans of :mod:`tests.lines.loopback`."""
    made = LinesMachine(tmp_path_factory.mktemp("machine"), disk())
    try:
        made.up(600)
        made.sh("until test -L /data/generations/current; do sleep 1; done", seconds=600)
        loopback.make(made)
        yield made
    finally:
        made.kill()


@pytest.fixture(scope="session")
def ends(machine: LinesMachine) -> Iterator[Ends]:
    company = Exchange(machine, "company", COMPANY_LINES, dialplan("/run/test/company", "from-customer", "telephone"))
    customer = Exchange(
        machine, "customer", CUSTOMER_LINES, dialplan("/run/test/customer", "from-company", "from-telephone")
    )
    # The emulated processors are for the two of them; the box's own switch has no lines here.
    machine.exec(["systemctl", "stop", "asterisk", "loopstartd", "loopstart-web.socket", "loopstart-web", "nginx"])
    for end in (company, customer):
        end.start()
    yield Ends(machine, company, customer)
    for end in (company, customer):
        end.stop()
