"""Sample pages and their data, after the illustrative alliances."""
