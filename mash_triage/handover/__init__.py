"""What the night did for a child, what is still to do, and who of the day has read it."""
