"""Files attached to a contact: cleaned, kept enciphered, given only to those who may."""
