"""A professional disagrees with a decision, and how the front door answers; how a contact went."""
