"""Coded extracts of general practices and other providers, into a facts folder.

SNOMED CT stops here: value sets turn its ids into concepts. What cannot be used is left out and counted by reason.
"""
