"""One file per command of the command line; :mod:`deskhand.runtime.cli` puts them together."""
