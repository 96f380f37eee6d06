"""What is measured: speed, memory and disk, always beside something that can be compared in the same run."""
