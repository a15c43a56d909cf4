"""The first-run wizard: language, country and time zone, and the first administrator."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from appliance.model.box import Box
from appliance.model.countries import time_zones_of
from web_admin import access, daemon, languages
from web_admin.forms.first_run import first_run_form
from web_admin.views import sign_in

blueprint = Blueprint("first_run", __name__)


@blueprint.get("/first-run")
@access.public
def show() -> str | Response:
    """The questions, in the language chosen at their top; ``?code=`` fills in the code from the console."""
    if not daemon.ask("first_run.state")["open"]:
        return redirect(url_for("sign_in.form"))
    if chosen := languages.parse(request.args.get("language")):
        languages.use(chosen)
    country = request.args.get("box.country") or Box().country
    form = first_run_form(country).show(
        {
            "code": request.args.get("code", ""),
            "language": languages.language().value,
            "box": {"country": country, "time_zone": next(iter(time_zones_of(country)), "")},
        }
    )
    return render_template("first_run.html", form=form)


@blueprint.get("/first-run/time-zones")
@access.public
def time_zones() -> str:
    """The field of the time zone again, with those of a country first."""
    country = request.args.get("box.country", "")
    form = first_run_form(country).show({"box": {"time_zone": next(iter(time_zones_of(country)), "")}})
    field = next(each for each in form.fields if each.name == "box.time_zone")
    return render_template("parts/field.html", form=form, field=field)


@blueprint.post("/first-run")
@access.public
def claim() -> Response:
    """Take the box with the code, and sign its administrator in."""
    if chosen := languages.parse(request.form.get("language")):
        languages.use(chosen)
    form = first_run_form(request.form.get("box.country", "")).read(request.form)
    language = languages.language().value
    answers = form.document({})
    if answers.get("password") != request.form.get("password_again"):
        form.say("password_again", gettext("The two passwords are not the same."))
    elif form.fits({"box": {}, **answers}):
        del answers["password_again"]
        answers["box"] = {**answers.get("box", {}), "language": language}
        try:
            answer = daemon.ask("first_run.claim", **answers, language=language)
        except daemon.RefusedError as refused:
            form.refuse(refused)
        else:
            return sign_in.begin(answer, url_for("home.show"))
    return make_response(render_template("first_run.html", form=form), 422)
