"""The part of extensions.conf for tests of ports: what a line does for one (appliance/control/port_tests.py).

``port-tests``    ``line`` seizes the port, and calls on it if there is a number (``s`` is what its channel does once
                  answered); ``listen`` records what comes, ``echo`` records it while a tone is sent, ``thank`` says
                  by a tone that somebody answered, ``wait`` holds the line until the test hangs up

The test originates a Local channel: ``line`` at its far end, one of the others at the near one. The recording is one
file in Asterisk's own directory below /run: in memory, gone with the next test, readable for the daemon by its group.
"""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model.site import Site

CONTEXT = "port-tests"
PORT = "TEST_PORT"
"""The variable that says what is dialled: ``CHANNEL`` or ``CHANNEL/NUMBER``."""
RECORDING = "port-test"
"""Name of the file, without its ending."""
LISTEN_S = 3
TONE_HZ = 1004
"""The trade's test tone: not quite 1000 Hz, which is an even part of the sampling rate."""
MODULES = ("app_playtones", "app_record", "func_channel")
LONGEST_S = 60


def lines(site: Site, run_dir: str) -> Iterator[str]:
    """The context; nothing of it is there on a box without spans."""
    if not site.hardware.spans:
        return
    recorded = f"Record({run_dir}/{RECORDING}.wav,0,{LISTEN_S},qxk)"
    yield f"""
; ---- Tests of ports. Nobody can dial into it.
[{CONTEXT}]
exten => line,1,Dial(DAHDI/${{FILTER(0-9*#/,${{{PORT}}})}},,U({CONTEXT}))
 same => n,Hangup(${{HANGUPCAUSE}})
exten => s,1,Set(CHANNEL(echocan_mode)=off)
 same => n,Return()
exten => listen,1,Wait(0.5)
 same => n,{recorded}
 same => n,Hangup(16)
exten => echo,1,Playtones({TONE_HZ})
 same => n,Wait(0.5)
 same => n,{recorded}
 same => n,Hangup(16)
exten => thank,1,Playtones({TONE_HZ}/400,0/400)
 same => n,Wait(2)
 same => n,Hangup(16)
exten => wait,1,Wait({LONGEST_S})
 same => n,Hangup(16)
"""


def entries(site: Site) -> Iterator[tuple[str, str]]:
    """(context, extension) that the dialplan must have."""
    if site.hardware.spans:
        yield from ((CONTEXT, name) for name in ("line", "s", "listen", "echo", "thank", "wait"))
