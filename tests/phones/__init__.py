"""Drivers of real SIP clients, each in a network namespace of its own, and what is seen on their wires."""
