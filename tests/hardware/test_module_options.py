"""What modprobe is told is what the profiles say, for every module and country."""

from __future__ import annotations

import pytest

from appliance.hardware.profiles import profiles
from appliance.hardware.proposal import wanted_modules
from appliance.model.hardware import FoundCard
from appliance.model.line_standards import line_standard
from appliance.render.module_options import module_options


@pytest.mark.parametrize("country", ["GB", "US", "CA", "SA", "JP", "DE", "CN", "TD"])
def test_modprobe_is_told_what_the_profiles_say(country: str) -> None:
    standard = line_standard(country)
    every = [FoundCard(key, key, "", ()) for key in profiles()]
    expected = {
        f"options {module.name} {' '.join(f'{name}={value}' for name, value in module.options)}"
        for module in wanted_modules(every, standard, profiles())
        if module.options
    }
    assert set(module_options(standard)) == expected
