"""Asterisk's files, one module each. A ``render(site, facts)`` gives the files of its module."""
