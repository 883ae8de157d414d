"""What a decision hands to somebody else: sent on, accepted or returned; special endings."""
