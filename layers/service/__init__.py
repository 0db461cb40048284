"""The selection as a service: OGC API - Features by pygeoapi, and a plain address per selection."""
