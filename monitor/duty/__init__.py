"""What the daemon does all day: checks that fall due, messages that are due, and word of how it is."""
