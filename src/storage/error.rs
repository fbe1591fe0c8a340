//! Why a storage did not do what was asked.

use std::error::Error;
use std::io;

use crate::diagnostic::Diagnostic;
use crate::text;

/// Why a storage did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// No file has the name.
    #[error("no file is called `{name}`")]
    NotFound {
        /// The name.
        name: String,
    },
    /// A file has the name already.
    #[error("a file is called `{name}` already")]
    Exists {
        /// The name.
        name: String,
    },
    /// The name leads elsewhere or nowhere.
    #[error("{message}")]
    SuspiciousName {
        /// What is wrong with it, with the name.
        message: String,
    },
    /// No name was found that is free and short enough.
    #[error("no name like `{name}` is free that has at most {max_length} characters")]
    NoAvailableName {
        /// The last one that was tried.
        name: String,
        /// Characters that its column has.
        max_length: usize,
    },
    /// The file is larger than the settings allow.
    #[error("the file has {size} bytes, and the storage `{alias}` takes {limit}")]
    TooLarge {
        /// Bytes of the file.
        size: u64,
        /// Bytes that are allowed.
        limit: u64,
        /// The storage.
        alias: String,
    },
    /// Files of the storage have no address.
    #[error("`{name}` has no address: its storage is private")]
    NoUrl {
        /// The file.
        name: String,
    },
    /// `[storages]` does not have the alias.
    #[error("no storage is called `{alias}`")]
    UnknownAlias {
        /// The alias.
        alias: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The settings name a backend that this executable was built without.
    #[error("the backend `{backend}` of the storage `{alias}` is not in this executable")]
    MissingFeature {
        /// The storage.
        alias: String,
        /// Its backend.
        backend: String,
        /// The feature of the build that has it.
        feature: &'static str,
    },
    /// The settings of a backend cannot be used.
    #[error("the storage `{alias}` cannot be used: {message}")]
    Misconfigured {
        /// The storage.
        alias: String,
        /// What is wrong.
        message: String,
    },
    /// A class of the project failed.
    #[error("the storage `{alias}` does not do its part: {message}")]
    Class {
        /// The storage.
        alias: String,
        /// What it raised.
        message: String,
    },
    /// The system refused.
    #[error("`{place}` cannot be {action}")]
    Io {
        /// What was tried: `read`, `written` ...
        action: &'static str,
        /// The file or directory.
        place: String,
        /// What the system answered.
        source: io::Error,
    },
    /// A service says no.
    #[error("the storage on {service} refuses: {message} ({code})")]
    Refused {
        /// The service.
        service: String,
        /// Its word for what is wrong.
        code: String,
        /// What it says.
        message: String,
    },
    /// A service does not do its part, or not in time.
    #[error("the storage on {service} does not answer: {source}")]
    Unavailable {
        /// The service.
        service: String,
        /// What the client said.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl StorageError {
    /// Whether it is the fault of whoever chose the name: Django's `SuspiciousFileOperation`.
    pub fn is_suspicious(&self) -> bool {
        matches!(
            self,
            Self::SuspiciousName { .. } | Self::NoAvailableName { .. }
        )
    }

    /// The storage whose settings are to blame, if they are.
    pub fn alias(&self) -> Option<&str> {
        match self {
            Self::MissingFeature { alias, .. } | Self::Misconfigured { alias, .. } => Some(alias),
            _ => None,
        }
    }

    /// Puts what was tried, and with what, in front of a system error.
    pub(super) fn io(
        action: &'static str,
        place: impl Into<String>,
    ) -> impl FnOnce(io::Error) -> Self {
        let place = place.into();
        move |source| Self::Io {
            action,
            place,
            source,
        }
    }
}

impl Diagnostic for StorageError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "file-not-found",
            Self::Exists { .. } => "file-exists",
            Self::SuspiciousName { .. } | Self::NoAvailableName { .. } => "suspicious-file-name",
            Self::TooLarge { .. } => "file-too-large",
            Self::NoUrl { .. } => "private-storage",
            Self::UnknownAlias { .. } => "unknown-storage",
            Self::MissingFeature { .. } => "missing-feature",
            Self::Misconfigured { .. } => "invalid-storage",
            Self::Class { .. } => "storage-class",
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => "disk-full",
            Self::Io { .. } => "file",
            Self::Refused { .. } => "storage-refuses",
            Self::Unavailable { .. } => "storage-unavailable",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::UnknownAlias { alias, known } => {
                let nearest = text::did_you_mean(alias, known.iter().map(String::as_str));
                nearest.unwrap_or_else(|| {
                    let known = text::quoted(known.iter().map(String::as_str));
                    format!("storages in the settings: {known}")
                })
            }
            Self::MissingFeature { feature, .. } => {
                format!("build djr with it: `cargo install djr --features {feature}`")
            }
            Self::NoAvailableName { .. } => {
                "give the field a greater `max_length`, or a shorter `upload_to`".to_owned()
            }
            Self::Refused { code, .. } => return refusal_hint(code).into_iter().collect(),
            _ => return Vec::new(),
        };
        vec![hint]
    }
}

/// What to do where a service refuses with this word of the protocol of S3.
fn refusal_hint(code: &str) -> Option<String> {
    let hint = match code {
        "NoSuchBucket" => {
            "make the bucket, or mend `bucket_name`; `region_name` must be its region"
        }
        "AccessDenied" => {
            "the key needs the rights to get, put, delete and list: without that to list, a file that is not there is refused, too"
        }
        "InvalidAccessKeyId" => {
            "`access_key`, or `AWS_ACCESS_KEY_ID`, is not a key of this service"
        }
        "SignatureDoesNotMatch" | "InvalidSecurity" => {
            "`secret_key`, or `AWS_SECRET_ACCESS_KEY`, does not belong to the key"
        }
        "RequestTimeTooSkewed" | "RequestExpired" => "set the clock of this machine",
        "PermanentRedirect" | "TemporaryRedirect" | "AuthorizationHeaderMalformed" => {
            "the bucket is in another region: set `region_name`, or `endpoint_url`"
        }
        "NotImplemented" => {
            "the service cannot keep two files from one name: `file_overwrite = true` does not ask it to"
        }
        _ => return None,
    };
    Some(hint.to_owned())
}
