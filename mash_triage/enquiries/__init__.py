"""Asking agencies about a child, one by one, and what they answer."""
