"""Asking agencies, their answers, and the sharing ledger, as drawn."""
