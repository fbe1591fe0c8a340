//! `[server]`: limits.

use std::path::PathBuf;
use std::time::Duration;

use crate::http::{FormEncoding, FormLimits};
use crate::settings::reader::SettingsReader;

/// `[server]`: limits.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Threads that read requests and write responses; 0 is one for each core.
    pub io_threads: usize,
    /// Threads that run views; 0 is two for each core.
    pub workers: usize,
    /// Connections at once.
    pub max_connections: usize,
    /// Bytes of a request's head.
    pub max_head_size: usize,
    /// Bytes of a request's body, without the files of a form.
    pub max_body_size: usize,
    /// Bytes of a whole form that may bring files.
    pub max_upload_size: u64,
    /// Fields of a form.
    pub max_form_fields: usize,
    /// Files sent with a form.
    pub max_form_files: usize,
    /// Bytes of the files of a form that are kept in memory.
    pub upload_memory_size: usize,
    /// Where larger ones are written while their form comes; `None` for a place below the files that are stored.
    pub upload_dir: Option<PathBuf>,
    /// How long a client may take for a request's head.
    pub head_timeout: Duration,
    /// How long a client may take for a request's body.
    pub body_timeout: Duration,
    /// How long a connection may wait for the next request.
    pub idle_timeout: Duration,
    /// How long requests may go on after the signal to stop.
    pub shutdown_timeout: Duration,
    /// How long a view in Python may take.
    pub view_timeout: Duration,
    /// MiB that the process may take while Python runs; 0 is three quarters of what the machine has.
    pub memory_limit: u64,
}

pub(in crate::settings) fn server(reader: &SettingsReader<'_>) -> ServerSettings {
    ServerSettings {
        io_threads: reader.get("server.io_threads"),
        workers: reader.get("server.workers"),
        max_connections: reader.get("server.max_connections"),
        max_head_size: reader.get("server.max_head_size"),
        max_body_size: reader.get("server.max_body_size"),
        max_upload_size: reader.get("server.max_upload_size"),
        max_form_fields: reader.get("server.max_form_fields"),
        max_form_files: reader.get("server.max_form_files"),
        upload_memory_size: reader.get("server.upload_memory_size"),
        upload_dir: reader.nonempty("server.upload_dir").map(PathBuf::from),
        head_timeout: reader.seconds("server.head_timeout"),
        body_timeout: reader.seconds("server.body_timeout"),
        idle_timeout: reader.seconds("server.idle_timeout"),
        shutdown_timeout: reader.seconds("server.shutdown_timeout"),
        view_timeout: reader.seconds("server.view_timeout"),
        memory_limit: reader.get("server.memory_limit"),
    }
}

impl ServerSettings {
    /// Bytes of a body of this type.
    pub fn body_limit(&self, content_type: &str) -> u64 {
        match FormEncoding::of(content_type) {
            Ok(Some(FormEncoding::Multipart { .. })) => self.max_upload_size,
            _ => u64::try_from(self.max_body_size).unwrap_or(u64::MAX),
        }
    }

    /// What a form may hold.
    pub fn form_limits(&self) -> FormLimits {
        FormLimits {
            fields: self.max_form_fields,
            files: self.max_form_files,
            field_bytes: self.max_body_size,
            memory_bytes: self.upload_memory_size,
        }
    }
}
