"""How hard the properties of the model are tried."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: a busy machine is not a broken promise. More is tried with --hypothesis-profile=thorough.
settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
if settings.get_current_profile_name() == "default":
    settings.load_profile("quick")
