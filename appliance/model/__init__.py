"""The desired state of one box as frozen types, the rules of its fields, and the words for what is wrong
with it.

Pure: nothing here opens a file, a socket or a database, or reads a clock.
"""
