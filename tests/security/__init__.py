"""Attacks on the app, each with the smallest thing that shows its kind."""
