"""What leaves of social prescribing as files: the minimum dataset, and coded events for a GP system to take in.

A file for a GP system is as far as this goes: writing into one needs the interface of its supplier.
"""
