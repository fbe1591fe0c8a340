//! Random text, keyed hashes, comparisons that take the same time.
