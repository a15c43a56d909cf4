"""Pure: Asterisk's events as typed values, and what they make of the live state and the history.

``parse(headers, at) -> Event | None``, ``reduce(state, event) -> (state, facts)``,
``rebuild(state, census, at) -> (state, facts)``, ``live_view(state, at) -> LiveView``.
"""
