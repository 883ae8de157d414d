"""What waits, for whom, and what was in time."""
