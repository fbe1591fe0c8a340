//! Users, permissions and passwords.
