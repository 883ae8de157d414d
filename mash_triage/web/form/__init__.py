"""The form with which a contact is made: one short step at a time, kept as it is written."""
