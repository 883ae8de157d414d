"""What people set instead of what the levels of need suggested, and what became of the children."""
