"""What follows a decision, as drawn."""
