"""What was handed on, as drawn."""
