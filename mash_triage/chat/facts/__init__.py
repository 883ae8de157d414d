"""What is said of somebody: ages, births, homes, schools, services, the worry, the voice."""
