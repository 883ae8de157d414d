"""Strategy discussions as drawn."""
