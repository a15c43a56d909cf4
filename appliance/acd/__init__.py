"""Who gets which contact, and when: pure. Empty until the contact centre's first noun lands."""
