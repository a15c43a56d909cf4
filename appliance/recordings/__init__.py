"""Recording library, retention and encryption. Empty until the noun ``recording`` is built."""
