"""One approach to the front door, about one child or several."""
