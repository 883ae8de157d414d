"""Where the time from receipt to decision went: a partition that always adds up."""
