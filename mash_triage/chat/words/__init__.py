"""A turn as words: marks, names and relationships found in it, and what a sentence is made of."""
