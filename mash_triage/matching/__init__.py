"""Is this child already known? Candidates with reasons; a person answers."""
