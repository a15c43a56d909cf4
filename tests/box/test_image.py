"""What the image is made of, as testinfra sees it: packages, users, files, mounts of rights."""

from __future__ import annotations

import pytest
from testinfra.host import Host

from tests.box.testinfra_host import host_of
from tests.boxes import Box

pytestmark = pytest.mark.box

# Directory under /data: owner, group, mode.
DATA = {
    "site": ("loopstart", "loopstart", 0o750),
    "history": ("loopstart", "loopstart", 0o750),
    "generations": ("loopstart", "asterisk", 0o2750),
    "secrets": ("loopstart", "loopstart", None),
}
SECRETS = ("/data/secrets/site.db", "/data/secrets/box.json", "/data/site/accounts.db")


@pytest.fixture(scope="module")
def host(box: Box) -> Host:
    return host_of(box)


def test_asterisk_is_the_long_term_branch_from_our_own_repository(host: Host) -> None:
    package = host.package("asterisk")
    assert package.is_installed
    assert package.version.split(":")[-1].startswith("22.")


@pytest.mark.parametrize("name", ["gcc", "asterisk-config", "dahdi-dkms", "git"])
def test_nothing_is_installed_that_the_box_does_not_use(host: Host, name: str) -> None:
    assert not host.package(name).is_installed


@pytest.mark.parametrize("name", ["asterisk", "loopstart", "loopstart-web"])
def test_a_service_user_cannot_sign_in(host: Host, name: str) -> None:
    user = host.user(name)
    assert user.exists
    assert user.shell in ("/usr/sbin/nologin", "/bin/false")
    assert user.password in ("!", "*", "!*", "x")


def test_the_web_may_read_what_is_the_daemons_and_not_what_is_asterisks(host: Host) -> None:
    assert "loopstart" in host.user("loopstart-web").groups
    assert "asterisk" not in host.user("loopstart-web").groups


@pytest.mark.parametrize("name", sorted(DATA))
def test_a_data_directory_belongs_to_its_room(host: Host, name: str) -> None:
    owner, group, mode = DATA[name]
    directory = host.file(f"/data/{name}")
    assert directory.is_directory
    assert directory.group == group
    if mode is not None:
        assert (directory.user, directory.mode) == (owner, mode)


@pytest.mark.parametrize("path", SECRETS)
def test_secrets_are_read_by_the_daemon_alone(host: Host, path: str) -> None:
    file = host.file(path)
    assert (file.user, file.mode) == ("loopstart", 0o600)


def test_the_manager_password_is_in_no_file_that_others_read(host: Host) -> None:
    file = host.file("/data/generations/current/asterisk/manager.conf")
    assert (file.group, file.mode & 0o007) == ("asterisk", 0)


@pytest.mark.parametrize("name", ["asterisk", "loopstartd", "loopstart-web", "nginx", "nftables", "fail2ban"])
def test_a_service_is_switched_on_and_runs(host: Host, name: str) -> None:
    service = host.service(name)
    assert service.is_enabled
    assert service.is_running


@pytest.mark.parametrize(
    "socket", ["tcp://443", "tcp://80", "udp://0.0.0.0:5060", "tcp://0.0.0.0:5061", "tcp://127.0.0.1:5038"]
)
def test_a_documented_socket_listens(host: Host, socket: str) -> None:
    assert host.socket(socket).is_listening


def test_the_command_is_on_everybodys_path(host: Host) -> None:
    assert host.file("/usr/bin/loopstart").linked_to == "/opt/loopstart/bin/loopstart"
    assert host.check_output("loopstart --help").startswith("usage: loopstart")
