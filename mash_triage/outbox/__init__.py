"""Messages out: posted in the deed's own transaction, delivered later, never with a detail."""
