"""Speed, memory and durability, measured beside a peer or a floor in the same run."""
