//! Requests and responses without a server.
