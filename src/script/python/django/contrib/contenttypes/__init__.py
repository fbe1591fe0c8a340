"""Every model as a row."""
