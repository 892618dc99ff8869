"""What others use for the same task, on the same rows and through the same middleware."""
