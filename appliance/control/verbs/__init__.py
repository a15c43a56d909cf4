"""The verbs, one file per noun; see :mod:`appliance.control.registry`."""
