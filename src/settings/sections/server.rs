//! `[server]`: limits.

use std::time::Duration;

use crate::settings::reader::SettingsReader;

/// `[server]`: limits.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Threads that run views; 0 is two for each core.
    pub workers: usize,
    /// Connections at once.
    pub max_connections: usize,
    /// Bytes of a request's head.
    pub max_head_size: usize,
    /// Bytes of a request's body.
    pub max_body_size: usize,
    /// Fields of a form.
    pub max_form_fields: usize,
    /// Files sent with a form.
    pub max_form_files: usize,
    /// Bytes of a file that is kept in memory while its form is read.
    pub upload_memory_size: usize,
    /// How long a client may take for a request's head.
    pub head_timeout: Duration,
    /// How long a client may take for a request's body.
    pub body_timeout: Duration,
    /// How long a connection may wait for the next request.
    pub idle_timeout: Duration,
    /// How long requests may go on after the signal to stop.
    pub shutdown_timeout: Duration,
}

pub(in crate::settings) fn server(reader: &SettingsReader<'_>) -> ServerSettings {
    ServerSettings {
        workers: reader.get("server.workers"),
        max_connections: reader.get("server.max_connections"),
        max_head_size: reader.get("server.max_head_size"),
        max_body_size: reader.get("server.max_body_size"),
        max_form_fields: reader.get("server.max_form_fields"),
        max_form_files: reader.get("server.max_form_files"),
        upload_memory_size: reader.get("server.upload_memory_size"),
        head_timeout: reader.seconds("server.head_timeout"),
        body_timeout: reader.seconds("server.body_timeout"),
        idle_timeout: reader.seconds("server.idle_timeout"),
        shutdown_timeout: reader.seconds("server.shutdown_timeout"),
    }
}
