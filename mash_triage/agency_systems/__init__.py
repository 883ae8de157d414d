"""The computer systems of agencies, and the keys that they show."""
