"""Every promise kept on time: who is told before one is broken, and where it is seen."""
