"""The manager's part."""
