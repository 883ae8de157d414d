"""After the decision: was the child seen, who has the work, and when the later steps took place."""
