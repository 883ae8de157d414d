"""The page of work in hand, part by part."""
