"""What keeps Deskhand running and serves it: settings, the command line, the demo."""
