"""Word to systemd (sd_notify): ready, stopping, alive. Without systemd nothing happens."""

import os
import socket


def notify(message: str) -> bool:
    """Tell systemd; false if nobody asked for it."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if not where:
        return False
    address = "\0" + where[1:] if where.startswith("@") else where
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as there:
            there.sendto(message.encode(), address)
    except OSError:
        return False
    return True
