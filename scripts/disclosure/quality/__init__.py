"""Every rule, one list of problems."""
