"""The pages, one module per noun."""

from __future__ import annotations

from flask import Blueprint

from web_admin.views import (
    account,
    accounts,
    audit,
    box,
    calls,
    changes,
    extension_import,
    extensions,
    feature_codes,
    first_run,
    hardware,
    history,
    home,
    inbound_routes,
    live,
    outbound_routes,
    registrations,
    revisions,
    sign_in,
    sip,
    spans,
    status,
    tokens,
    trunks,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.blueprint,
    first_run.blueprint,
    sign_in.blueprint,
    account.blueprint,
    accounts.blueprint,
    tokens.blueprint,
    extension_import.blueprint,
    extensions.blueprint,
    trunks.blueprint,
    inbound_routes.blueprint,
    outbound_routes.blueprint,
    spans.blueprint,
    box.blueprint,
    sip.blueprint,
    feature_codes.blueprint,
    changes.blueprint,
    revisions.blueprint,
    calls.blueprint,
    live.blueprint,
    history.blueprint,
    registrations.blueprint,
    status.blueprint,
    hardware.blueprint,
    audit.blueprint,
)
