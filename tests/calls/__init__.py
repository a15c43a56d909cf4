"""Call scenarios: real SIP clients against the real box.

A folder is a scenario. `site.yaml` is what the admin set; `scenario.yaml` names the phones, tells the story
in sentences (`tests/calls/steps.py` knows them), and says what the history must hold afterwards. Scenarios
whose point is the exact SIP message carry a `test_<scenario>.py` instead.
"""
