"""A fictional report in six languages, its site, its life in stages, and the demo that follows it."""
