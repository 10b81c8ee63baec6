"""What the API is told: one module for each door."""
