"""Strategy discussions: who was asked, who attended, what was said, decided and agreed."""
