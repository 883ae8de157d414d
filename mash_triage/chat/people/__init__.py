"""Who is spoken of: names, relationships, households, and whom each sentence means."""
