"""A child process that reads nothing: it answers which bounds hold on this system."""

from isolation import serve

serve(lambda request, _content, _told: request["held"])
