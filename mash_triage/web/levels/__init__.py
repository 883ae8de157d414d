"""The levels of need on the page: read by everybody at the front door, kept by policy leads."""
