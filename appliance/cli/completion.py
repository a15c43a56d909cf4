"""``loopstart completion``: a script that completes commands and options, made from the parser itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

SHELLS = ("bash", "zsh")


def add_commands(commands: Commands) -> None:
    """Add ``completion``."""
    completion_ = command(commands, "completion", completion, "print a script that completes this command")
    completion_.add_argument("shell", choices=SHELLS)


def completion(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print the script."""
    from appliance.cli.parser import make_parser

    terminal.say(script(arguments.shell, make_parser()))
    return None


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """The script for a shell. zsh runs bash's through its own bridge."""
    cases = "\n".join(f'    "{" ".join(path)}") words="{" ".join(words)}" ;;' for path, words in words_of(parser))
    bridge = "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
    return f"""{bridge if shell == "zsh" else ""}_loopstart() {{
  local path="" word words="" index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="${{COMP_WORDS[index]}}"
    case "$word" in -*) ;; *) path="${{path:+$path }}$word" ;; esac
  done
  while :; do
    case "$path" in
{cases}
    esac
    [[ -n "$words" || -z "$path" ]] && break
    case "$path" in *" "*) path="${{path% *}}" ;; *) path="" ;; esac
  done
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
  [[ ${{#COMPREPLY[@]}} -eq 0 ]] && COMPREPLY=($(compgen -f -- "${{COMP_WORDS[COMP_CWORD]}}"))
  return 0
}}
complete -F _loopstart loopstart"""


def words_of(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """For every command, the words that may follow it: commands, choices, options."""
    words: list[str] = []
    for action in parser._actions:
        words += action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            words += action.choices
            for name, below in action.choices.items():
                yield from words_of(below, (*path, name))
        elif action.choices is not None and not action.option_strings:
            words += [str(choice) for choice in action.choices]
    yield path, words
