"""What the rendered files need that is not the admin's to decide."""

from __future__ import annotations

from dataclasses import dataclass, field

from appliance.model.hardware import Inventory


@dataclass(frozen=True, slots=True)
class Facts:
    """Secrets the box made for itself, and where the image keeps things.

    ami_secret: what the daemon signs in to Asterisk's manager interface with; also the key of the
    fingerprints that the probe compares, so that these say nothing about passwords.
    spool_dir: Asterisk keeps voicemail in ``voicemail`` below it.
    database_dir: of astdb, which holds what people set at their phones.
    inventory: the cards that are in the box, and the DAHDI numbers that are pinned to cards.
    """

    ami_secret: str
    inventory: Inventory = field(default_factory=Inventory)
    certificate: str = "/data/asterisk/keys/box.pem"
    private_key: str = "/data/asterisk/keys/box.key"
    authority: str = "/data/asterisk/keys/ca.pem"
    configuration_dir: str = "/etc/asterisk"
    modules_dir: str = "/usr/lib/x86_64-linux-gnu/asterisk/modules"
    library_dir: str = "/var/lib/asterisk"
    data_dir: str = "/usr/share/asterisk"
    database_dir: str = "/data/asterisk"
    keys_dir: str = "/data/asterisk/keys"
    spool_dir: str = "/var/spool/asterisk"
    run_dir: str = "/run/asterisk"
    log_dir: str = "/var/log/asterisk"
    cache_dir: str = "/var/cache/asterisk"
    music_dir: str = "/usr/share/asterisk/moh"
