"""Programs for development; the application does not import them."""
