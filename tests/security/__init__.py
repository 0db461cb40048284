"""Attacks: each with the smallest file that shows the kind."""
