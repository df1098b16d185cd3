"""What people download."""
