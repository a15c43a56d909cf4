"""The development box, from the command line: says what it does, and what to do when it cannot."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from image_build import box_container as container
from image_build import box_health as health
from image_build import box_network as network
from image_build import box_state, cache, root, wheels
from image_build.box_state import Box
from image_build.mounts import mounted_at
from image_build.progress import Problem, say, step

PROGRAMS = ("ip", "nsenter", "dnsmasq", "systemd-nspawn", "mmdebstrap", "mount")


def main(words: list[str] | None = None) -> int:
    options = _parser().parse_args(words)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        if os.geteuid() != 0:
            raise Problem(
                "not-root",
                "the development box needs root (mounts, namespaces)",
                next_step="run it with sudo",
            )
        os.environ["PATH"] = f"{os.environ.get('PATH', '/usr/bin:/bin')}:/usr/sbin:/sbin"
        missing = [program for program in PROGRAMS if shutil.which(program) is None]
        if missing:
            raise Problem(
                "program-missing",
                f"not installed: {', '.join(missing)}",
                next_step="run image_build/deps as root",
            )
        return command(options)
    except Problem as problem:
        print(problem.text(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="image_build/box", description=__doc__)
    parser.add_argument("--name", default="box", help="which box; several can run at once (default: box)")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def verb(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    up = verb("up", _up, "build what is missing, boot the box, wait until it is healthy; again: bring it up to date")
    up.add_argument("--fresh", action="store_true", help="empty /data first: a box out of the carton")
    up.add_argument("--wait", type=int, default=60, metavar="SECONDS", help="how long to wait until healthy")
    down = verb("down", _down, "shut down and remove everything made, except /data")
    down.add_argument("--purge", action="store_true", help="remove /data too, and free the network number")
    verb("reboot", _reboot, "restart the box with everything it wrote; also after `kill`")
    verb("kill", _kill, "stop it all at once, like a power cut")
    push = verb("push", _push, "install the working tree's Python code into the running box and restart its services")
    push.add_argument("--if-changed", action="store_true", help="do nothing when the box has this code already")
    verb("ready", _ready, "wait until the box is healthy, then print where to sign in for the first time")
    verb("status", _status, "what runs")
    verb("address", _address, "print the box's address")
    verb("list", _list, "every box, with its address and state")
    logs = verb("logs", _logs, "the box's journal; arguments go to journalctl (try: logs -- -f -u asterisk)")
    logs.add_argument("arguments", nargs="*", metavar="-- ARGUMENT")
    execute = verb("exec", _exec, "run a command inside, as root")
    execute.add_argument("command", nargs="+", metavar="-- COMMAND")
    phone = verb("phone", _phone, "plug a phone into the box's network: prints its namespace and address")
    phone.add_argument("phone", metavar="NAME")
    phone.add_argument("--remove", action="store_true", help="unplug it and end what runs in it")
    phone.add_argument("command", nargs="*", metavar="-- COMMAND", help="run this in the phone's namespace")
    return parser


def _known(options: argparse.Namespace) -> Box:
    box = box_state.find(options.name)
    if box is None:
        raise Problem(
            "unknown-box",
            f"there is no box called {options.name}",
            next_step=f"image_build/box --name {options.name} up",
        )
    return box


def _up(options: argparse.Namespace) -> int:
    box_state.check_name(options.name, "box")
    system = root.system_layer().name
    box = box_state.find_or_make(options.name)
    with cache.locked(f"box-{box.name}", box_state.boxes_folder()):
        if container.leader(box) and box.note("system") == system and not options.fresh:
            say(f"box {box.name} already runs at {box.address}")
            _install_project(box)
        else:
            layers = root.layers()
            container.stop(box)
            # What a crash left behind: mounts, namespaces, a bridge. Phones are plugged in again by name.
            network.disconnect(box)
            if options.fresh:
                cache.remove_tree(box.data)
                box.data.mkdir(mode=0o755)
            container.mount(box, layers)
            box.write_note("system", layers[1].parent.name)
            box.write_note("wheel", root.binds_of(layers)[1][0].name)
            _boot(box)
    cache.prune()
    health.wait(box, options.wait)
    print(box.address)
    return 0


def _boot(box: Box) -> None:
    with step(f"boot box {box.name}"):
        network.connect(box)
        container.start(box)


def _down(options: argparse.Namespace) -> int:
    box = box_state.find(options.name)
    if box is None:
        return 0
    with cache.locked(f"box-{box.name}", box_state.boxes_folder()):
        with step(f"box {box.name} down"):
            container.stop(box)
            network.disconnect(box)
            container.remove_mounts(box)
            box.write_note("wheel", "")
            box.write_note("system", "")
        if options.purge:
            cache.remove_tree(box.folder)
    return 0


def _reboot(options: argparse.Namespace) -> int:
    box = _known(options)
    with cache.locked(f"box-{box.name}", box_state.boxes_folder()):
        if not mounted_at(box.merged):
            raise Problem("not-up", f"box {box.name} was never up", next_step=f"image_build/box --name {box.name} up")
        container.stop(box)
        _boot(box)
    health.wait(box, 60)
    return 0


def _kill(options: argparse.Namespace) -> int:
    box = _known(options)
    container.stop(box, hard=True)
    say(f"box {box.name} lost its power; `reboot` gives it back")
    return 0


def _push(options: argparse.Namespace) -> int:
    box = _known(options)
    with cache.locked(f"box-{box.name}", box_state.boxes_folder()):
        _install_project(box, always=not options.if_changed)
    health.wait(box, 60)
    return 0


def _ready(options: argparse.Namespace) -> int:
    box = _known(options)
    health.wait(box, 60)
    print(health.sign_in(box))
    return 0


def _install_project(box: Box, *, always: bool = False) -> None:
    """What the `project` tag of the playbook does, on the running box; then restart what runs our code."""
    made = wheels.project_wheel()
    if box.note("wheel") == made.name and not always:
        return
    wheel = next(made.glob("*.whl"))
    with step(f"our own code into box {box.name}"):
        container.copy_in(box, wheel, f"run/{wheel.name}")
        script = (
            "set -e; /opt/loopstart/bin/python -m pip install -q --no-index --no-deps --no-cache-dir "
            f"--force-reinstall --root-user-action=ignore /run/{wheel.name}; rm /run/{wheel.name}; "
            "systemctl reset-failed; systemctl stop loopstartd loopstart-web; "
            "systemctl restart loopstart-prepare; systemctl start --no-block loopstartd loopstart-web"
        )
        done = container.call(box, "sh", "-c", script)
        if done.returncode:
            raise Problem(
                "push",
                f"the code could not be installed or does not start:\n{done.stdout}{done.stderr}",
                where=f"box {box.name}",
                next_step=f"image_build/box --name {box.name} logs -- -n 50",
            )
        box.write_note("wheel", made.name)


def _status(options: argparse.Namespace) -> int:
    box = _known(options)
    if not container.leader(box):
        print(f"box {box.name}: not running (its data: {box.data})")
        return 3
    print(f"box {box.name}: {box.address}, container leader {container.leader(box)}, namespace {box.namespace}")
    for name, host in box.phones().items():
        print(f"  phone {name}: {box.host(host)}, namespace {box.namespace}-{name}")
    overall = container.call(box, "systemctl", "is-system-running").stdout.strip()
    print(f"  systemd: {overall}")
    shown = container.call(box, "systemctl", "is-active", *health.UNITS).stdout.split()
    for unit, state in zip(health.UNITS, shown, strict=False):
        print(f"  {unit}: {state}")
    failed = container.call(box, "systemctl", "--failed", "--plain", "--no-legend").stdout.strip()
    if failed:
        print(f"  failed:\n{failed}")
    return 0 if overall == "running" else 1


def _address(options: argparse.Namespace) -> int:
    print(_known(options).address)
    return 0


def _list(_: argparse.Namespace) -> int:
    for box in box_state.every():
        print(f"{box.name}\t{box.address}\t{'running' if container.leader(box) else 'stopped'}")
    return 0


def _logs(options: argparse.Namespace) -> int:
    box = _known(options)
    if container.leader(box):
        return subprocess.call(container.inside(box, ["journalctl", "--no-pager", *options.arguments]))
    say(f"box {box.name} does not run; its last journal, and its console in {box.console}")
    journal = box.upper / "var/log/journal"
    return subprocess.call(["journalctl", "--no-pager", f"--directory={journal}", *options.arguments])


def _exec(options: argparse.Namespace) -> int:
    return subprocess.call(container.inside(_known(options), options.command))


def _phone(options: argparse.Namespace) -> int:
    box = _known(options)
    with cache.locked(f"box-{box.name}", box_state.boxes_folder()):
        if options.remove:
            network.remove_phone(box, options.phone)
            return 0
        namespace, address = network.phone(box, options.phone)
    if options.command:
        os.execvp("ip", ["ip", "netns", "exec", namespace, *options.command])
    print(f"{namespace} {address}")
    return 0
