"""The root filesystem, as three layers kept by content: Debian and its packages, the system, our own code.

Each layer is the upper directory of an overlay over the ones below, so that a change of Python code rebuilds
only the last (seconds), a change of a role the last two (a minute or two), and a change of the package list
everything. The disk image is made from the same three layers, joined.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from image_build import cache, repository, settings, tools, wheels
from image_build.mounts import chroot_ready, mount_overlay, unmount
from image_build.programs import run
from image_build.progress import Problem, step

ANSIBLE = cache.REPOSITORY / "ansible"
ASTERISK_ID = 800  # fixed, like the other ids in ansible/roles/appliance/defaults/main.yml
WHEELS_INSIDE = "run/loopstart-build/wheels"
PROJECT_INSIDE = "run/loopstart-build/project"


def layers() -> list[Path]:
    """The root's layers, highest first, built when missing. The last is whole, the others lie over it."""
    if os.geteuid() != 0:
        raise Problem("not-root", "building the root filesystem needs root", next_step="run it with sudo")
    base = base_layer()
    system = system_layer()
    project = project_layer(base, system)
    return [project / "upper", system / "upper", base / "root"]


def base_layer() -> Path:
    """Debian with every package the box has, and nothing configured."""
    packages = [
        *settings.BASE_PACKAGES,
        *settings.SERVICE_PACKAGES,
        *settings.ASTERISK_PACKAGES,
        *settings.BOOT_PACKAGES,
    ]
    local = repository.complete()
    key = cache.key_of(
        settings.BOX_SUITE,
        settings.BASE_AS_OF,
        packages,
        settings.DPKG_OPTIONS,
        local.name,
        ASTERISK_ID,
        _account_hook(),
    )

    def make(draft: Path) -> None:
        with step(f"Debian {settings.BOX_SUITE} and its packages (mmdebstrap)"):
            root = draft / "root"
            source = draft / "loopstart.list"
            source.write_text(f"deb [trusted=yes] copy://{local} ./\n")
            run(
                [
                    "mmdebstrap",
                    "--variant=minbase",
                    f"--include={','.join(packages)}",
                    '--aptopt=Apt::Install-Recommends "false"',
                    *(f"--dpkgopt={option}" for option in settings.DPKG_OPTIONS),
                    f"--essential-hook={_account_hook()}",
                    # The local source joins mmdebstrap's own default ones, and leaves with the build.
                    f'--setup-hook=mkdir -p "$1/etc/apt/sources.list.d"; '
                    f'cp {source} "$1/etc/apt/sources.list.d/0000loopstart.list"',
                    '--customize-hook=rm -f "$1/etc/apt/sources.list.d/0000loopstart.list"',
                    settings.BOX_SUITE,
                    root,
                ],
                doing="making the base root",
                log=cache.home() / f"{draft.name}.log",
                next_step="is Debian's archive reachable? then run the same command again",
            )
            source.unlink()

    return cache.kept("base", key, make)


def _account_hook() -> str:
    """Create user asterisk before its package does, with an id that never changes."""
    return (
        f"echo 'asterisk:x:{ASTERISK_ID}:' >> \"$1/etc/group\"; "
        f"echo 'asterisk:x:{ASTERISK_ID}:{ASTERISK_ID}:Asterisk PBX:/var/lib/asterisk:/usr/sbin/nologin'"
        ' >> "$1/etc/passwd"; echo \'asterisk:!:1::::::\' >> "$1/etc/shadow"'
    )


def system_layer() -> Path:
    """Every role but our own code: users, units, configuration, locked Python dependencies.

    The playbook it was made with is kept beside it, for our own code and for the second run.
    """
    base, wheelhouse = base_layer(), wheels.wheelhouse()
    with cache.snapshot([ANSIBLE]) as (tree, roles):

        def make(draft: Path) -> None:
            with step("system roles (Ansible)"):
                shutil.copytree(tree / "ansible", draft / "ansible")
                with writable([base / "root"], draft) as root:
                    binds = [(wheelhouse, WHEELS_INSIDE)]
                    converge(root, draft / "ansible", binds, "--skip-tags", "project")
                cache.remove_tree(draft / "work")

        return cache.kept("system", cache.key_of(base.name, roles, wheelhouse.name, "with its playbook"), make)


def project_layer(base: Path, system: Path) -> Path:
    """Our own code, from the working tree."""
    wheelhouse, project = wheels.wheelhouse(), wheels.project_wheel()
    key = cache.key_of(system.name, wheelhouse.name, project.name)

    def make(draft: Path) -> None:
        with step("our own code (Ansible, tag project)"):
            with writable([system / "upper", base / "root"], draft) as root:
                binds = [(wheelhouse, WHEELS_INSIDE), (project, PROJECT_INSIDE)]
                converge(root, system / "ansible", binds, "--tags", "project")
            (draft / "made-with").write_text(f"{wheelhouse}\n{project}\n")
            cache.remove_tree(draft / "work")

    return cache.kept("root", key, make)


def binds_of(layers: Sequence[Path]) -> list[tuple[Path, str]]:
    """The wheels that these layers were made with; the working tree may have moved on."""
    wheelhouse, project = (layers[0].parent / "made-with").read_text().split()
    return [(Path(wheelhouse), WHEELS_INSIDE), (Path(project), PROJECT_INSIDE)]


@contextmanager
def writable(lowers: Sequence[Path], folder: Path) -> Iterator[Path]:
    """The layers joined and mounted at `folder/merged`; what is written lands in `folder/upper`."""
    merged = folder / "merged"
    mount_overlay(lowers, folder / "upper", folder / "work", merged)
    try:
        yield merged
    finally:
        unmount(merged)
        merged.rmdir()


def converge(root: Path, playbook: Path, binds: Sequence[tuple[Path, str]], *options: str) -> str:
    """Run the playbook in `playbook` on this root, with `binds` visible inside; returns Ansible's output."""
    variables = {
        "base__packages": [*settings.BASE_PACKAGES, *settings.SERVICE_PACKAGES],
        "asterisk__packages": list(settings.ASTERISK_PACKAGES),
        "appliance__wheels": f"/{WHEELS_INSIDE}",
        "appliance__project": f"/{PROJECT_INSIDE}",
        "web_admin__python": settings.BOX_PYTHON,
    }
    inventory = {
        "box": {"hosts": {"root": {"ansible_connection": "community.general.chroot", "ansible_host": str(root)}}}
    }
    hosts = root.parent / "inventory.json"
    hosts.write_text(json.dumps(inventory))
    environment = {
        **os.environ,
        "ANSIBLE_CONFIG": str(playbook / "ansible.cfg"),
        "ANSIBLE_LOCAL_TEMP": str(root.parent / "local"),
        "LC_ALL": "C.UTF-8",
        # Programs in the root find their own, not the host's.
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    }
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        environment.pop(name, None)
    try:
        with chroot_ready(root, extra=binds):
            return run(
                [
                    tools.project("ansible-playbook"),
                    "--inventory",
                    hosts,
                    "--extra-vars",
                    json.dumps(variables),
                    *options,
                    playbook / "site.yml",
                ],
                doing="Ansible",
                env=environment,
                next_step="correct the role named above and run the command again",
            )
    finally:
        hosts.unlink(missing_ok=True)
        cache.remove_tree(root.parent / "local")
