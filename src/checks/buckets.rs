//! Buckets that files of rows are kept in; the service is not asked.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::settings::{S3StorageSettings, Settings};

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let settings = &project.settings;
    let storages = settings.storages.files.iter();
    let buckets = storages.filter_map(|(alias, storage)| Some((alias, storage.s3.as_ref()?)));
    let found = buckets.flat_map(|(alias, bucket)| {
        [
            unsigned(settings, alias, bucket),
            in_plain(settings, alias, bucket),
        ]
    });
    found.flatten().collect()
}

/// A bucket that nobody has a key for.
fn unsigned(settings: &Settings, alias: &str, bucket: &S3StorageSettings) -> Option<Finding> {
    if bucket.credentials.is_some() {
        return None;
    }
    let message = format!("the storage `{alias}` has no key: its requests are not signed");
    let hint = "set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` where the site runs";
    Some(warning(settings, alias, "backend", message).hint(hint))
}

/// A service on another machine that is asked without encryption.
fn in_plain(settings: &Settings, alias: &str, bucket: &S3StorageSettings) -> Option<Finding> {
    let address = bucket.endpoint_url.as_deref()?.strip_prefix("http://")?;
    let is_here = ["127.", "localhost", "[::1]"]
        .iter()
        .any(|host| address.starts_with(host));
    if is_here {
        return None;
    }
    let message = format!(
        "the storage `{alias}` is asked without encryption: files can be read on their way"
    );
    let hint = "use the address of the service that begins with `https://`";
    Some(warning(settings, alias, "endpoint_url", message).hint(hint))
}

fn warning(settings: &Settings, alias: &str, key: &str, message: String) -> Finding {
    let mut finding = Finding::warning("unfit-storage", message);
    finding.location = settings.location(&format!("storages.{alias}.{key}"));
    finding
}
