//! Sessions and where they are kept.
