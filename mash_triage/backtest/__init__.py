"""Trying an edition of the levels of need on past contacts, as they were known when decided."""
