//! Messages kept as files, one each, which their owner alone may read.

use std::io;
use std::path::Path;

use crate::clock::{self, Zone};
use crate::crypto;
use crate::files::{self, FileError, FileMode};
use crate::mail::MailError;

/// Writes `text` as a new file in `directory`, which is created where it is missing.
///
/// The names sort by time: `20261120-171523-k3x9c1vq.eml`. Unlike Django's, a file is one message.
pub(super) fn write_message(directory: &Path, text: &str) -> Result<(), MailError> {
    let created = files::create_private_directory(directory);
    created.map_err(|source| unusable(directory, source))?;
    let stamp = clock::now().format(&Zone::utc(), "%Y%m%d-%H%M%S-%6f");
    let unique = crypto::random_string(8, crypto::LOWER_ALPHANUMERIC);
    let path = directory.join(format!("{stamp}-{unique}.eml"));
    Ok(files::write_atomic(
        &path,
        text.as_bytes(),
        FileMode::Private,
    )?)
}

fn unusable(directory: &Path, source: io::Error) -> MailError {
    FileError::System {
        action: "create",
        path: directory.to_owned(),
        source,
    }
    .into()
}
