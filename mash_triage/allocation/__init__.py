"""Who works on a child: teams by postcode, workers and their limits, every change of worker."""
