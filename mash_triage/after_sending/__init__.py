"""What becomes of a contact once it is sent: changed, added to, asked back, confirmed."""
