"""modules.conf: what Asterisk loads, and nothing else.

With every module of the packages loaded Asterisk used 214 MB and wrote warnings about parts nobody set up. A
module is listed here when something this box does needs it.
"""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.asterisk import dahdi_channels, port_tests
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

MODULES: dict[str, tuple[str, ...]] = {
    "Storage of objects, and the SIP library": (
        "res_sorcery_config", "res_sorcery_memory", "res_sorcery_astdb", "res_pjproject",
    ),
    "Media: clock, RTP, SRTP, music": (
        "res_timing_timerfd", "res_rtp_asterisk", "res_srtp", "res_musiconhold",
    ),
    "Codecs and sound files": (
        "codec_a_mu", "codec_alaw", "codec_g722", "codec_gsm", "codec_resample", "codec_ulaw",
        "format_gsm", "format_pcm", "format_sln", "format_wav", "format_wav_gsm",
    ),
    "Bridges": (
        "bridge_builtin_features", "bridge_builtin_interval_features", "bridge_holding", "bridge_native_rtp",
        "bridge_simple", "bridge_softmix", "chan_bridge_media",
    ),
    "SIP": (
        "res_pjsip", "res_pjsip_session", "res_pjsip_pubsub", "res_pjsip_outbound_publish",
        "res_pjsip_authenticator_digest", "res_pjsip_endpoint_identifier_user", "res_pjsip_registrar",
        "res_pjsip_sdp_rtp", "res_pjsip_nat", "res_pjsip_caller_id", "res_pjsip_diversion", "res_pjsip_refer",
        "res_pjsip_rfc3326", "res_pjsip_dtmf_info", "res_pjsip_empty_info", "res_pjsip_dlg_options",
        "res_pjsip_path", "res_pjsip_logger",
        "res_pjsip_exten_state", "res_pjsip_pidf_body_generator", "res_pjsip_xpidf_body_generator",
        "res_pjsip_dialog_info_body_generator",
        "res_pjsip_mwi", "res_pjsip_mwi_body_generator",
        "chan_pjsip",
    ),
    "Security events into the log, for the ban list": ("res_security_log",),
    "Dialplan": (
        "pbx_config",
        "app_dial", "app_directed_pickup", "app_echo", "app_exec", "app_playback", "app_read", "app_stack",
        "app_userevent", "app_voicemail",
        "func_callerid", "func_db", "func_devstate", "func_dialplan", "func_export", "func_groupcount",
        "func_logic", "func_strings", "func_timeout",
    ),
}  # fmt: skip


LINE_MODULES: dict[str, tuple[str, ...]] = {
    "Lines and telephones on cards": ("chan_dahdi", "func_base64"),
    "Tests of ports": port_tests.MODULES,
}
"""On a box without cards chan_dahdi declines to load and says so at every start."""


def modules_of(site: Site) -> dict[str, tuple[str, ...]]:
    """What is loaded for a site, by purpose."""
    return MODULES | LINE_MODULES if dahdi_channels.used(site) else MODULES


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file; modules are loaded when Asterisk starts."""
    del facts
    lines = ["", "[modules]", "autoload = no"]
    for purpose, names in modules_of(site).items():
        lines += ["", f"; {purpose}"]
        lines += [f"load = {name}.so" for name in names]
    return (asterisk_file("modules.conf", "asterisk/modules.py", "\n".join(lines) + "\n", reload=None),)
