"""What the referrer and the front door say to each other, and what the door notes for itself."""
