"""Forms: each validates a dictionary and nothing else."""
