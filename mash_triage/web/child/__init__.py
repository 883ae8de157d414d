"""The parts of the child's page and of the manager's decision, each in its own small file."""
