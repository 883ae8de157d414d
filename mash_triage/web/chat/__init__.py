"""The guided chat's page: the talk, and the card of what was understood."""
