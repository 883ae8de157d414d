"""The trail: append-only, chained, in the transaction of each deed."""
