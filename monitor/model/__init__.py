"""The values that everything speaks in: frozen, without behaviour beyond themselves, free of I/O."""
