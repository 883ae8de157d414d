"""Files attached to a contact, on the pages and by their own route."""
