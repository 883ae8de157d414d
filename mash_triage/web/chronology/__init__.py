"""A child's chronology, as drawn."""
