"""The box's network on the host: a bridge, a namespace for the box and for each phone, DHCP and names.

Only interfaces and namespaces made here are ever touched; their names start with `ls`. No traffic leaves the
bridge: nothing is routed or translated, so a box cannot reach the world and the world cannot reach it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from image_build.box_state import FIRST_PHONE, Box, check_name
from image_build.programs import run
from image_build.progress import Problem


def _ip(*words: str) -> str:
    return run(["ip", *words], doing=f"ip {' '.join(words)}")


def _exists(kind: str, name: str) -> bool:
    return Path("/sys/class/net" if kind == "link" else "/run/netns", name).exists()


def _hardware(address: str) -> str:
    """The hardware address that goes with an IPv4 address; administered locally (IEEE 802)."""
    return "02:4c:" + ":".join(f"{int(octet):02x}" for octet in address.split("."))


def connect(box: Box) -> None:
    """Bridge, box namespace and DHCP. Finds them already there when a box restarts."""
    if not _exists("link", box.bridge):
        _refuse_taken_network(box)
        _ip(
            "link",
            "add",
            box.bridge,
            "type",
            "bridge",
            "forward_delay",
            "0",
            "stp_state",
            "0",
            "mcast_snooping",
            "0",
        )
        # A bridge without an address of its own takes the lowest of its ports', and another with the next cable: what
        # the box sends by itself would go on to the old one, and be lost.
        _ip("link", "set", box.bridge, "address", _hardware(box.gateway))
        _ip("addr", "add", f"{box.gateway}/24", "dev", box.bridge)
        _ip("link", "set", box.bridge, "up")
    _let_bridge_through(box)
    if not _exists("netns", box.namespace):
        _plug(box, box.namespace, f"lsv{box.number}-box", box.host(2))
    _start_dnsmasq(box)


def _plug(box: Box, namespace: str, outside: str, address: str) -> None:
    """A new namespace with one cable (`eth0`) into the bridge; hardware address from `address`.

    The cable of one that was removed is there until the kernel has ended that namespace, which it does in its own time.
    """
    if _exists("link", outside):
        subprocess.run(["ip", "link", "delete", outside], capture_output=True, check=False)  # it may go by itself
    _ip("netns", "add", namespace)
    _ip(
        "link",
        "add",
        outside,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "address",
        _hardware(address),
        "netns",
        namespace,
    )
    _ip("link", "set", outside, "master", box.bridge, "up")
    _ip("-n", namespace, "link", "set", "lo", "up")


def _refuse_taken_network(box: Box) -> None:
    routed = json.loads(_ip("-json", "-4", "route", "show", "match", box.address) or "[]")
    if any(route["dst"] != "default" for route in routed):
        raise Problem(
            "network-taken",
            f"{box.network} is already routed on this machine",
            where=f"interface {routed[0].get('dev')}",
            next_step=f"remove it, or choose anew: image_build/box --name {box.name} down --purge",
        )


def _let_bridge_through(box: Box) -> None:
    """Where bridged frames pass the host's IPv4 rules (Docker turns that on), let ours through."""
    switch = Path("/proc/sys/net/bridge/bridge-nf-call-iptables")
    if not switch.exists() or switch.read_text().strip() == "0" or not shutil.which("iptables"):
        return
    rule = ["-i", box.bridge, "-o", box.bridge, "-j", "ACCEPT"]
    if subprocess.run(["iptables", "-C", "FORWARD", *rule], capture_output=True, check=False).returncode:
        subprocess.run(["iptables", "-I", "FORWARD", *rule], capture_output=True, check=False)


def _start_dnsmasq(box: Box) -> None:
    if _dnsmasq(box):
        return
    configuration = box.folder / "dnsmasq.conf"
    configuration.write_text(
        f"interface={box.bridge}\nbind-interfaces\nexcept-interface=lo\n"
        # Names of this network only; nothing is asked elsewhere.
        f"no-resolv\nno-hosts\naddress=/loopstart/{box.address}\nlocal=/#/\n"
        f"dhcp-range={box.address},{box.address},255.255.255.0,infinite\n"
        f"dhcp-host={_hardware(box.address)},{box.address}\ndhcp-authoritative\ndhcp-leasefile={box.folder}/leases\n"
        f"dhcp-option=option:router,{box.gateway}\ndhcp-option=option:dns-server,{box.gateway}\nno-ping\n"
        f"dhcp-option=option:ntp-server,{box.gateway}\n"
        f"pid-file={box.folder}/dnsmasq.pid\nuser=root\n"
    )
    (box.folder / "leases").unlink(missing_ok=True)
    run(
        ["dnsmasq", f"--conf-file={configuration}"],
        doing="DHCP for the box",
        next_step="is another DHCP server bound to every address? see: ss -lunp sport = :67",
    )


def _dnsmasq(box: Box) -> int:
    """The process id of this box's dnsmasq; 0 when it does not run (the number may be another's by now)."""
    try:
        process = int((box.folder / "dnsmasq.pid").read_text())
        command = Path(f"/proc/{process}/cmdline").read_text()
    except (OSError, ValueError):
        return 0
    return process if f"{box.folder}/dnsmasq.conf" in command else 0


def address_reached(box: Box) -> bool:
    """Whether the box has taken its address."""
    shown = subprocess.run(
        ["ip", "-n", box.namespace, "-4", "addr"], capture_output=True, text=True, check=False
    ).stdout
    return f" {box.address}/" in shown


def phone(box: Box, name: str) -> tuple[str, str]:
    """The namespace and the address of this phone, plugged in if it is not yet."""
    check_name(name, "phone")
    phones = box.phones()
    if name not in phones:
        taken = set(phones.values())
        host = next((host for host in range(FIRST_PHONE, 255) if host not in taken), 0)
        if not host:
            raise Problem(
                "no-address",
                "no address is left for another phone",
                where=box.network,
                next_step=f"image_build/box --name {box.name} phone NAME --remove",
            )
        phones[name] = host
        box.write_note("phones", json.dumps(phones))
    address = box.host(phones[name])
    namespace = f"{box.namespace}-{name}"
    if not _exists("netns", namespace):
        if not _exists("link", box.bridge):
            raise Problem(
                "not-up",
                f"box {box.name} has no network yet",
                next_step=f"image_build/box --name {box.name} up",
            )
        _plug(box, namespace, f"lsv{box.number}-{phones[name]}", address)
        _ip("-n", namespace, "addr", "add", f"{address}/24", "dev", "eth0")
        _ip("-n", namespace, "link", "set", "eth0", "up")
        _ip("-n", namespace, "route", "add", "default", "via", box.gateway)
    return namespace, address


def remove_phone(box: Box, name: str) -> None:
    phones = box.phones()
    if name not in phones:
        return
    _remove_namespace(f"{box.namespace}-{name}")
    del phones[name]
    box.write_note("phones", json.dumps(phones) if phones else "")


def _remove_namespace(namespace: str) -> None:
    """End what still runs in this namespace (it was started there, so it is ours), then remove it."""
    if not _exists("netns", namespace):
        return
    listed = subprocess.run(["ip", "netns", "pids", namespace], capture_output=True, text=True, check=False).stdout
    for process in listed.split():
        try:
            os.kill(int(process), signal.SIGKILL)
        except ProcessLookupError:
            continue
    subprocess.run(["ip", "netns", "delete", namespace], capture_output=True, check=False)


def disconnect(box: Box) -> None:
    """Remove everything `connect` and `phone` made; what is missing already is no error."""
    process = _dnsmasq(box)
    if process:
        os.kill(process, signal.SIGTERM)
        for _ in range(50):
            if not _dnsmasq(box):
                break
            time.sleep(0.02)
    for name in box.phones():
        remove_phone(box, name)
    _remove_namespace(box.namespace)
    if _exists("link", box.bridge):
        rule = ["-i", box.bridge, "-o", box.bridge, "-j", "ACCEPT"]
        if shutil.which("iptables"):
            subprocess.run(["iptables", "-D", "FORWARD", *rule], capture_output=True, check=False)
        _ip("link", "delete", box.bridge)
