"""The front door of children's services: contacts in, levels of need explained, decisions made."""
