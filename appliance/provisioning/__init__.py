"""Phone identification, hand-off and the WSGI app that serves phones. Empty until the first phone is provisioned."""
