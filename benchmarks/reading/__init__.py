"""How well the worry is read, on contacts whose indicators are known."""
