"""What was captured, kept: one SQLite file in the store's folder. Nothing else in the program knows SQLite or zstd."""
