"""What people call the fields of the network settings."""

from __future__ import annotations

NETWORK_FIELDS: dict[str, dict[str, str]] = {
    "network.interface": {"en": "Interface", "ar": "الواجهة", "fa": "واسط", "zh": "介面"},
    "network.ipv4.method": {"en": "IPv4", "ar": "IPv4", "fa": "IPv4", "zh": "IPv4"},
    "network.ipv4.address": {"en": "IPv4 address", "ar": "عنوان IPv4", "fa": "نشانی IPv4", "zh": "IPv4 位址"},
    "network.ipv4.gateway": {"en": "IPv4 gateway", "ar": "بوابة IPv4", "fa": "دروازهٔ IPv4", "zh": "IPv4 閘道"},
    "network.ipv6.method": {"en": "IPv6", "ar": "IPv6", "fa": "IPv6", "zh": "IPv6"},
    "network.ipv6.address": {"en": "IPv6 address", "ar": "عنوان IPv6", "fa": "نشانی IPv6", "zh": "IPv6 位址"},
    "network.ipv6.gateway": {"en": "IPv6 gateway", "ar": "بوابة IPv6", "fa": "دروازهٔ IPv6", "zh": "IPv6 閘道"},
    "network.resolvers": {"en": "Name servers", "ar": "خوادم الأسماء", "fa": "کارسازهای نام", "zh": "名稱伺服器"},
    "network.phones_vlan.id": {
        "en": "VLAN of phones",
        "ar": "شبكة VLAN للهواتف",
        "fa": "VLAN تلفن‌ها",
        "zh": "話機 VLAN",
    },
    "network.phones_vlan.method": {
        "en": "Address in it",
        "ar": "العنوان فيها",
        "fa": "نشانی در آن",
        "zh": "其中的位址",
    },
    "network.phones_vlan.address": {
        "en": "VLAN address",
        "ar": "عنوان VLAN",
        "fa": "نشانی VLAN",
        "zh": "VLAN 位址",
    },
}
