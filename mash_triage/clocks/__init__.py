"""How long things may take: the present time, working days, and when each clock runs out."""
