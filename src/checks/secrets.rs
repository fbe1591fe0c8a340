//! The secret key, and who can read the file that holds it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::diagnostic::Finding;
use crate::project::Project;

/// The file that holds secrets.
const FILE_NAME: &str = ".env";

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let key = project.settings.secret_key().err();
    let missing = key
        .into_iter()
        .flat_map(crate::diagnostic::Findings::into_inner);
    missing.chain(readable_by_others(project)).collect()
}

fn readable_by_others(project: &Project) -> Option<Finding> {
    let path = project.path(FILE_NAME);
    let mode = fs::metadata(&path).ok()?.permissions().mode() & 0o777;
    // The last two digits are those of the group and of everybody else.
    if mode % 0o100 == 0 {
        return None;
    }
    let shown = path.strip_prefix(".").unwrap_or(&path).display();
    let message = format!("others can read `{shown}` (its mode is {mode:o})");
    let finding = Finding::warning("readable-secrets", message);
    Some(finding.hint(format!("`chmod 600 {shown}` keeps it for its owner")))
}
