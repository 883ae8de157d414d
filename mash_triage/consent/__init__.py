"""Told, agreed, and lawful to share: three different records."""
