"""Sysfs and DAHDI probes, card profiles, the only importer of pyserial.

``find_cards(root)`` says what is there; ``profiles`` what is known of it; ``wanted_modules`` what to load with which
options; ``propose`` a configuration to begin with; ``capture`` writes all of it as one file that can be replayed.
"""
