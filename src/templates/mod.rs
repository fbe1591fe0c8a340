//! The Jinja environment.
