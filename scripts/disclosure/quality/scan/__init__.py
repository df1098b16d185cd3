"""What must not go out, found before it does: people's data, secrecy marks, files nobody can look into."""
