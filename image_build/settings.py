"""What the box is made of. One place; nothing here is an archive address.

`ASTERISK_SUITE` is the single setting that decides where Asterisk comes from. While it differs from
`BOX_SUITE`, its source package is rebuilt for the box's suite (Debian 13 carries no Asterisk). With Debian 14
stable, set both to "forky": the rebuild disappears and apt installs Debian's own binaries.
"""

BOX_SUITE = "trixie"
ASTERISK_SUITE = "forky"
ASTERISK_BACKPORTS = "trixie-backports"
# A testing suite's source moves. Raise this date to rebuild from what the suite carries now.
ASTERISK_AS_OF = "2026-11-22"
# Likewise for everything from the box's own suite: raise it to take in Debian's security updates.
BASE_AS_OF = "2026-11-22"

# DAHDI's drivers: the suite whose tree is the base, and the one that more drivers are taken from (docs/adr/0020).
DAHDI_SUITE = "trixie"
DAHDI_MORE_SUITE = "forky"
# Raise to take in newer drivers and the suite's newest kernel: both are kept together until this changes.
DAHDI_AS_OF = "2026-11-22"

BOX_PYTHON = "3.13"
BOX_MACHINE = "x86_64"

# The system below our software.
BASE_PACKAGES = (
    "ca-certificates",
    "dbus",
    "iproute2",
    "iputils-ping",
    "kmod",
    "libnss-myhostname",
    "logrotate",
    "netbase",
    "openssl",
    "procps",
    "python3",
    "systemd",
    "systemd-resolved",
    "systemd-sysv",
    "tzdata",
    "udev",
)
SERVICE_PACKAGES = (
    "avahi-daemon",
    "chrony",
    "fail2ban",
    "nftables",
    "nginx-light",
    "polkitd",  # what our daemon may ask of systemd, unit by unit and verb by verb
)
# Sounds: `wav` is the uncompressed 8 kHz master. Played to a G.711 phone it costs a table look-up and loses
# nothing; `gsm` (3 MB instead of 24 MB) is audibly worse and is decoded per listener; `g722` would serve
# wideband phones but must be transcoded for every other one. Music on hold follows the same reasoning.
ASTERISK_PACKAGES = (
    "asterisk",
    "asterisk-dahdi",
    "asterisk-core-sounds-en-wav",
    "asterisk-moh-opsound-wav",
    "loopstart-asterisk-config",
)
# What makes the root boot by itself; a container loads none of it. The kernel comes with the drivers that were
# compiled for it: loopstart-dahdi-modules depends on that very version. See docs/adr/0021-kernel-and-firmware.md.
BOOT_PACKAGES = (
    "busybox",  # of the initramfs, which prepares /data and /var
    "dosfstools",
    "e2fsprogs",
    "grub-common",
    "grub-efi-amd64-bin",
    "initramfs-tools",
    "loopstart-dahdi-modules",
    "openssh-server",  # off until somebody switches it on at the console
    "rauc",
    "rauc-service",
    "systemd-repart",
    "zstd",  # of the initramfs: a third smaller than gzip, and unpacked faster
)

# Never in the image: documentation nobody opens on a phone system. Licences stay (Debian policy 12.5).
DPKG_OPTIONS = (
    "path-exclude=/usr/share/man/*",
    "path-exclude=/usr/share/info/*",
    "path-exclude=/usr/share/lintian/*",
    "path-exclude=/usr/share/locale/*/LC_MESSAGES/*",
    "path-exclude=/usr/share/doc/*",
    "path-include=/usr/share/doc/*/copyright",
)

# The development boxes' networks: 10.77.N.0/24, N from 1.
BOX_NETWORK = "10.77.{number}.{host}"

# A slot's file system: squashfs, packed so that GRUB of Debian 13 reads it (measured: docs/adr/0015-disk-and-slots.md).
SLOT_COMPRESSION = ("gzip", "-Xcompression-level", "6", "-b", "128K")
