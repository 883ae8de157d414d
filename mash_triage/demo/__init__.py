"""Rivermead, an invented authority with a year of contacts."""
