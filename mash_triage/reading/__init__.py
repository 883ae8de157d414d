"""Reading the worry: which indicators a referrer's own words may speak of, and where they do."""
