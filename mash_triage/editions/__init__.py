"""The policy lead's work on the levels of need: drafting, trying and publishing an edition."""
