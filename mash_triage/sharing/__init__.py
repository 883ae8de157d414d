"""What was shared about a child, with whom and why it was lawful; and what was not, and why."""
