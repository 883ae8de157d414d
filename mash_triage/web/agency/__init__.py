"""The agency lead's page."""
