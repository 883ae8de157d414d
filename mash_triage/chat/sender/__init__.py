"""Whoever types: name and work, who is told, who agrees, and what is to be kept from whom."""
