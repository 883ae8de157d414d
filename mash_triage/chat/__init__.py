"""The guided chat: a contact told in conversation, read without inventing anything."""
