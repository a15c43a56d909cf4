"""The only room that imports pyst2: one live connection to Asterisk's manager interface, typed actions,
captures.

Callers see :class:`appliance.ami.connection.Connection` and the actions; :mod:`appliance.ami.wire` is what
keeps pyst2's hazards inside.
"""
