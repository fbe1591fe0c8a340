//! URL patterns, resolver, reverse.
