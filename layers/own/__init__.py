"""Readers of own layers: bytes of one format in, one frame of typed values out, nothing fetched."""
