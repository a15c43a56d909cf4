"""The form of the feature codes."""

from __future__ import annotations

from flask_babel import lazy_gettext

from appliance.model.feature_codes import FeatureCodes
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form


def feature_codes_form() -> Form:
    """An empty form of the feature codes: one field for each that the model knows."""
    fields = tuple(Field((name,), "dialable") for name in FeatureCodes.model_fields)
    hint = lazy_gettext("A star or hash, then digits.")
    return Form(FeatureCodes, (Section(lazy_gettext("Feature codes"), fields, hint),), "feature_codes")
