"""config.toml into settings: every mistake found at once, with its line and what was expected."""

from monitor.config.settings import Configuration, FetchSettings, load

__all__ = ["Configuration", "FetchSettings", "load"]
