"""Packages, root filesystem, disk image, update bundle, and the development box.

Standard library only: this runs before any virtual environment exists, on the host's own Python 3.11 or
newer.
"""
