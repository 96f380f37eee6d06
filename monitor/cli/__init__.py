"""The commands: each module parses its arguments, calls one use case, prints, and returns an exit status."""
