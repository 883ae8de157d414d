"""Weights measured on the authority's own register, and likely duplicates listed in batch.

Nothing here runs while somebody works with the service; Splink is needed here alone.
"""
