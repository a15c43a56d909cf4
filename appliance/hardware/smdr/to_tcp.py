"""Call records over TCP: the box listens, one reader connects and gets every line that waits, then each as it comes.

One reader at a time: two would each get half. Only from the site's own networks, since records are personal data in
clear. How records are delivered is in :mod:`appliance.hardware.smdr.delivery`.
"""

from __future__ import annotations

import ipaddress
import logging
import select
import socket
import threading

from appliance.hardware.smdr.delivery import deliver
from appliance.hardware.smdr.queue import Queue, ReaderState
from appliance.worker import Worker

log = logging.getLogger(__name__)

_LOOK_S = 0.25
_TRY_AGAIN_S = 5.0
_SILENT_S = 30
"""A reader that acknowledges nothing for so long is gone."""


class TcpReader(Worker):
    """Listens from :meth:`start` until :meth:`stop`, in a thread of its own; what is not acknowledged then stays in the
    buffer. port: TCP, 0 for any free one.
    """

    def __init__(self, port: int, queue: Queue) -> None:
        super().__init__("smdr-tcp")
        self.wanted = port
        self.port = port
        self._queue = queue
        self._listening = threading.Event()
        self._peer = ""
        self._fault = ""
        self._refused = 0

    def wait_until_listening(self, timeout_s: float) -> bool:
        """Whether it listens within so long; ``port`` is then the real one."""
        return self._listening.wait(timeout_s)

    @property
    def state(self) -> ReaderState:
        """How it is now."""
        return ReaderState(bool(self._peer), self._peer, self._fault, self._refused)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with _listener(self.wanted) as listener:
                    self.port = listener.getsockname()[1]
                    self._tell_fault("")
                    self._listening.set()
                    self._serve(listener)
            except OSError as error:
                self._tell_fault(error.strerror or str(error))
                self._stopping.wait(_TRY_AGAIN_S)

    def _tell_fault(self, fault: str) -> None:
        before, self._fault = self._fault, fault
        if fault and not before:
            log.error("call records cannot be offered on port %d: %s", self.wanted, fault)
        elif before and not fault:
            log.info("call records are offered on port %d", self.port)

    def _serve(self, listener: socket.socket) -> None:
        while not self._stopping.is_set():
            connection = self._next(listener, _LOOK_S)
            if connection is None:
                continue
            with connection:
                log.info("call records go to %s", self._peer)
                reason = deliver(connection, self._queue, self._stopping, lambda: self._turn_others_away(listener))
                log.info("call records go to %s no more: %s", self._peer, reason)
                self._peer = ""

    def _next(self, listener: socket.socket, wait_s: float) -> socket.socket | None:
        """Somebody who may read, or None."""
        if not select.select([listener], [], [], wait_s)[0]:
            return None
        try:
            connection, address = listener.accept()
        except OSError:
            return None  # gone before it was taken
        host = _plain(address[0])
        if self._peer or not _is_near(host):
            self._refused += 1
            if self._refused == 1:
                log.warning("%s was turned away from the call records; from here on this is only counted", host)
            connection.close()
            return None
        try:
            _set_up(connection)
        except OSError:
            connection.close()
            return None
        self._peer = f"{host} port {address[1]}"
        return connection

    def _turn_others_away(self, listener: socket.socket) -> None:
        self._next(listener, 0)


def _listener(port: int) -> socket.socket:
    """IPv6 and IPv4 on one socket; IPv4 alone where the kernel has no IPv6."""
    if socket.has_dualstack_ipv6():
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
    return socket.create_server(("", port))


def _set_up(connection: socket.socket) -> None:
    """Each record its own segment; a reader whose machine is gone is noticed (tcp(7))."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _SILENT_S // 3)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, _SILENT_S // 6)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _SILENT_S * 1000)


def _plain(host: str) -> str:
    """An IPv4 address that came in by an IPv6 socket, as people write it; scope left out."""
    address = ipaddress.ip_address(host.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def _is_near(host: str) -> bool:
    """Of the site's own networks: private, link-local, or the box itself."""
    address = ipaddress.ip_address(host)
    return address.is_private or address.is_link_local or address.is_loopback
