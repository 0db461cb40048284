"""The pages of the app: layout, widgets and captions, and no rule of their own."""
