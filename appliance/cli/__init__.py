"""``loopstart``: the same verbs as the web, from a terminal. Documented in ``docs/cli.md``.

Each noun has a file that adds its commands to the parser and runs them. What a command needs to import, it
imports when it runs, so that ``--help`` and completion answer at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from appliance.cli import exits
from appliance.cli.parser import make_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code (see :mod:`appliance.cli.exits`)."""
    arguments = make_parser().parse_args(argv)
    return run(arguments)


def run(arguments: argparse.Namespace) -> int:
    """Run what was parsed, and turn every error into words and an exit code."""
    from appliance.cli.terminal import Terminal
    from appliance.control.client import ControlError

    terminal = Terminal.of(arguments)
    try:
        code = arguments.run(terminal, arguments)
    except ControlError as error:
        terminal.error(error)
        return exits.code_of(error.code, error.params)
    except exits.UsageError as error:
        terminal.say_error(str(error))
        return exits.USAGE
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the output has gone, as with `| head`
        return exits.OK
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    return exits.OK if code is None else int(code)
