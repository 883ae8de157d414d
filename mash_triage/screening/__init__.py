"""The social worker's work on one child before a manager decides."""
