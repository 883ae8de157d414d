"""Matching measured beside its peers, on registers and contacts that we make ourselves."""
