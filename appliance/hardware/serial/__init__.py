"""Serial ports: found without touching them, opened with the settings of the field, held on to when unplugged."""
