"""Sysfs and DAHDI probes, card profiles, the only importer of pyserial.

Empty until the noun ``hardware`` is built.
"""
