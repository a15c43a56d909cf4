"""Lines and telephones on cards: how each span is spoken to, and what else is plugged into the box."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from appliance.model.fields import Label, Noun, Rule, Whole, YesNo
from appliance.model.serial_line import CharacterFrame, FlowControl, Speed
from appliance.model.smdr import SMDR_PORTS, SmdrFormat


class SpanKind(StrEnum):
    """What a span is: digital of one kind, or analog ports."""

    E1 = "e1"
    T1 = "t1"
    J1 = "j1"
    BRI = "bri"
    ANALOG = "analog"


class Signalling(StrEnum):
    """How a span signals, in Asterisk's words (``chan_dahdi.conf``): an ``fxo_`` port feeds a telephone, an ``fxs_``
    port is fed by a line.
    """

    PRI_CPE = "pri_cpe"
    PRI_NET = "pri_net"
    BRI_CPE = "bri_cpe"
    BRI_NET = "bri_net"
    BRI_CPE_PTMP = "bri_cpe_ptmp"
    BRI_NET_PTMP = "bri_net_ptmp"
    MFCR2 = "mfcr2"
    EM = "em"
    EM_W = "em_w"
    FXO_KS = "fxo_ks"
    FXO_LS = "fxo_ls"
    FXO_GS = "fxo_gs"
    FXS_KS = "fxs_ks"
    FXS_LS = "fxs_ls"
    FXS_GS = "fxs_gs"


class Switch(StrEnum):
    """Dialects of ISDN (libpri's switch types)."""

    EUROISDN = "euroisdn"
    NATIONAL = "national"
    NI1 = "ni1"
    DMS100 = "dms100"
    FOUR_ESS = "4ess"
    FIVE_ESS = "5ess"
    QSIG = "qsig"


class Framing(StrEnum):
    """Framing of a digital span, as DAHDI names it."""

    CCS = "ccs"
    CAS = "cas"
    D4 = "d4"
    ESF = "esf"


class Coding(StrEnum):
    """Line coding of a digital span."""

    AMI = "ami"
    B8ZS = "b8zs"
    HDB3 = "hdb3"


class R2Variant(StrEnum):
    """National variants of MFC/R2 (libopenr2)."""

    ITU = "itu"
    AR = "ar"
    BR = "br"
    CN = "cn"
    CO = "co"
    CZ = "cz"
    EC = "ec"
    MX = "mx"
    PH = "ph"
    VE = "ve"


class EchoCanceller(StrEnum):
    """What takes the echo out of calls on cards that do not do it themselves."""

    OSLEC = "oslec"
    MG2 = "mg2"
    KB1 = "kb1"
    SEC = "sec"
    SEC2 = "sec2"
    JPAH = "jpah"
    NONE = "none"


_PRI = frozenset({Signalling.PRI_CPE, Signalling.PRI_NET})
_BRI = frozenset({Signalling.BRI_CPE, Signalling.BRI_NET, Signalling.BRI_CPE_PTMP, Signalling.BRI_NET_PTMP})
_EM = frozenset({Signalling.EM, Signalling.EM_W})
TELEPHONES = frozenset({Signalling.FXO_KS, Signalling.FXO_LS, Signalling.FXO_GS})
"""Signalling towards telephones."""
_LOOPS = TELEPHONES | {Signalling.FXS_KS, Signalling.FXS_LS, Signalling.FXS_GS}
NETWORK_SIDE = frozenset({Signalling.PRI_NET, Signalling.BRI_NET, Signalling.BRI_NET_PTMP})
"""Signalling of the end that gives the clock."""

SIGNALLING_OF: dict[SpanKind, frozenset[Signalling]] = {
    SpanKind.E1: _PRI | _EM | {Signalling.MFCR2},
    SpanKind.T1: _PRI | _EM | _LOOPS,
    SpanKind.J1: _PRI | _EM | _LOOPS,
    SpanKind.BRI: _BRI,
    SpanKind.ANALOG: _LOOPS,
}
FRAMING_OF: dict[SpanKind, tuple[Framing, ...]] = {
    SpanKind.E1: (Framing.CCS, Framing.CAS),
    SpanKind.T1: (Framing.ESF, Framing.D4),
    SpanKind.J1: (Framing.ESF, Framing.D4),
    SpanKind.BRI: (Framing.CCS,),
    SpanKind.ANALOG: (),
}
"""What each kind may have, the usual one first."""
CODING_OF: dict[SpanKind, tuple[Coding, ...]] = {
    SpanKind.E1: (Coding.HDB3, Coding.AMI),
    SpanKind.T1: (Coding.B8ZS, Coding.AMI),
    SpanKind.J1: (Coding.B8ZS, Coding.AMI),
    SpanKind.BRI: (Coding.AMI,),
    SpanKind.ANALOG: (),
}
_BEARERS = {SpanKind.E1: 30, SpanKind.BRI: 2}
_T1_CHANNELS = 24

AUTO = "auto"
CardName = Annotated[str, Rule("card", r"^[@\/]?[A-Za-z0-9][A-Za-z0-9:._\-\/+]{0,250}$", 2, 252)]
"""``auto``, or a card's identity as the hardware page shows it: its serial number, ``@`` and its slot, or its path."""
Port = Annotated[Whole, Field(ge=1, le=48)]
SerialPort = Annotated[str, Rule("serial_port", r"^[A-Za-z0-9][A-Za-z0-9:._\-+]{0,95}$", 1, 96)]
"""A serial port as the hardware page names it."""
TcpPort = Annotated[Whole, Field(ge=SMDR_PORTS[0], le=SMDR_PORTS[-1])]
"""For call records; the firewall of the image keeps exactly these open."""


class R2(Noun):
    """MFC/R2, as the telephone company runs it.

    caller_digits, called_digits: how many digits are asked for at most.
    """

    variant: R2Variant = R2Variant.ITU
    caller_digits: Whole = Field(default=10, ge=0, le=20)
    called_digits: Whole = Field(default=4, ge=1, le=20)


class Span(Noun):
    """A digital port, or analog ports of one card that signal alike.

    card: ``auto`` takes the first card with ports that fit and that no other span names.
    port: of a digital span; ports: of an analog one, as printed on the bracket, in the order of its channels.
    switch: dialect of ISDN; ``None`` means EuroISDN, on T1 and J1 National ISDN.
    timing: 0 gives the clock, 1 takes it from this line first, 2 second …; ``None`` takes it where the other end gives
    it.
    line_build_out: 0 up to 133 feet … 7, as DAHDI counts them.
    framing, coding: ``None`` means what is usual for the kind. crc4: of E1; ``None`` means on with ISDN, off else.
    """

    name: Label
    card: CardName = AUTO
    port: Port | None = None
    ports: tuple[Port, ...] = Field(default=(), max_length=48)
    kind: SpanKind
    signalling: Signalling
    switch: Switch | None = None
    timing: Whole | None = Field(default=None, ge=0, le=15)
    line_build_out: Whole = Field(default=0, ge=0, le=7)
    framing: Framing | None = None
    coding: Coding | None = None
    crc4: YesNo | None = None
    r2: R2 | None = None

    @property
    def isdn(self) -> bool:
        """Whether it has a D-channel (PRI, BRI)."""
        return self.signalling in _PRI or self.signalling in _BRI

    @property
    def for_telephones(self) -> bool:
        """Whether telephones are plugged in, not lines."""
        return self.signalling in TELEPHONES

    @property
    def channels(self) -> int:
        """How many calls it carries."""
        if self.kind is SpanKind.ANALOG:
            return len(self.ports)
        if self.kind in _BEARERS:
            return _BEARERS[self.kind]
        return _T1_CHANNELS - 1 if self.isdn else _T1_CHANNELS


class DisplayKind(StrEnum):
    """Front-panel displays."""

    NONE = "none"
    CRYSTALFONTZ_635 = "crystalfontz-635"
    MATRIX_ORBITAL = "matrix-orbital"
    HD44780_SERIAL = "hd44780-serial"


class Display(Noun):
    """The front-panel display.

    serial: the port it is on; ``None`` means the one where it is found.
    """

    kind: DisplayKind = DisplayKind.NONE
    serial: SerialPort | None = None


class Smdr(Noun):
    """Call records for other machines, a line for each call. Without a port there are none.

    serial: port that they are written to; tcp_port: on which readers may connect.
    speed, framing, flow: of the serial port.
    """

    serial: SerialPort | None = None
    speed: Speed = Speed.B9600
    framing: CharacterFrame = CharacterFrame.F8N1
    flow: FlowControl = FlowControl.NONE
    tcp_port: TcpPort | None = None
    format: SmdrFormat = SmdrFormat.CSV


class Hardware(Noun):
    """Cards and serial devices of the box, as they shall be used."""

    spans: tuple[Span, ...] = Field(default=(), max_length=60)
    echo_canceller: EchoCanceller = EchoCanceller.OSLEC
    display: Display = Display()
    smdr: Smdr = Smdr()
