"""A walk over every control of every page, judged by a model that is kept beside the app."""
