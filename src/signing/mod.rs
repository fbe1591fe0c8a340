//! Signed values as Django writes them.
