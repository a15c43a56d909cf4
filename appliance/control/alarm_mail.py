"""Writes mails about alarms that began and ended, in the language of the box.

What happens within a moment goes into one mail, and a line that comes and goes all the time into one mail in five
minutes. What was told stands in the history beside the alarm, so that a restart tells nothing
twice and forgets nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo
from email.utils import make_msgid

from appliance.control.running_site import wall_clock
from appliance.model.alarms import AlarmRecord
from appliance.model.fields import Language
from appliance.model.site import Site
from appliance.model.texts.hardware import LABELS
from appliance.model.texts.mail import WORDS
from appliance.store.alarms import AlarmStore, StoredAlarm
from appliance.store.moments import utc_now

GATHER = timedelta(seconds=20)
AT_MOST_EVERY_S = 300.0


class AlarmMail:
    """:meth:`tick` is for one thread."""

    def __init__(self, store: AlarmStore, clock: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._clock = clock
        self._site = Site()
        self._last = float("-inf")

    def set(self, site: Site) -> None:
        """This site runs now."""
        self._site = site

    def tick(self) -> None:
        """Queue a mail when there is something to tell and it is time. Raises StoreError."""
        untold = self._store.untold()
        if not untold:
            return
        now = self._clock()
        notify = self._site.mail.notify if self._site.mail.smtp is not None else ()
        if notify and (now - _oldest(untold) < GATHER or time.monotonic() - self._last < AT_MOST_EVERY_S):
            return
        self._store.tell(untold, self._mails(untold, notify), now)
        if notify:
            self._last = time.monotonic()

    def _mails(self, alarms: tuple[StoredAlarm, ...], notify: Iterable[str]) -> list[tuple[str, str, str, str]]:
        records = [alarm.record for alarm in alarms]
        box = self._site.box
        subject, words = written(records, box.name, box.language, wall_clock(self._site))
        domain = (self._site.mail.sender or "").rpartition("@")[2] or None
        return [(recipient, subject, words, make_msgid(domain=domain)) for recipient in notify]


def written(records: list[AlarmRecord], box: str, language: Language, zone: tzinfo) -> tuple[str, str]:
    """Subject and text of a mail about these alarms."""
    said = {key: texts[language.value] for key, texts in WORDS.items()}
    lasting = [record for record in records if record.ended is None]
    key = "subject_begun" if lasting else "subject_ended"
    names = ", ".join(dict.fromkeys(record.name for record in lasting or records))
    lines = [sentence(record, language, zone) for record in records]
    return said[key].format(box=box, names=names), "\n".join([*lines, "", said["signed"].format(box=box), ""])


def sentence(record: AlarmRecord, language: Language, zone: tzinfo) -> str:
    """One alarm in words."""
    said = {key: texts[language.value] for key, texts in WORDS.items()}
    place = record.place
    where = said["span"].format(name=record.name, span=place.span)
    if place.channel is not None:
        where = said["channel"].format(where=where, channel=place.channel)
    kind = LABELS[f"alarm_{place.kind}"][language.value]
    if record.cause:
        kind = said["because"].format(kind=kind, cause=LABELS[f"alarm_{record.cause}"][language.value])
    key = "lasts" if record.ended is None else "unwatched" if record.unwatched else "ended"
    return said[key].format(
        where=where, kind=kind, began=_moment(record.began, zone),
        ended=_moment(record.ended, zone) if record.ended else "",
    )  # fmt: skip


def _moment(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _oldest(alarms: tuple[StoredAlarm, ...]) -> datetime:
    """When the first thing happened of which nobody was told: an end is told of what was told to have begun."""
    return min(alarm.record.ended or alarm.record.began for alarm in alarms)
