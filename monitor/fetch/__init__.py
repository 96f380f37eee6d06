"""Pages asked for over HTTP, politely, within bounds. Nothing else in the program opens a connection to a site."""
