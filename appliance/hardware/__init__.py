"""Sysfs and DAHDI probes, card profiles, serial lines, call records on their way out, displays.

``find_cards(root)`` says what is there; ``profiles`` what is known of it; ``wanted_modules`` what to load with which
options; ``propose`` a configuration to begin with; ``capture`` writes all of it as one file that can be replayed.

The only importer of pyserial, in :mod:`appliance.hardware.serial.line`.
"""
