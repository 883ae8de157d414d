"""What a referrer reads of a decision, and how she answers to it."""
