"""Talk as people see it: threads, what is written in them, notes, consultations, what is new."""
