//! What tests lay over all settings of their process: what every run of them has, and what one test asks for.

use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use crate::diagnostic::Findings;
use crate::document::Document;

/// What the mistakes in it are said to be in.
const PLACE: &str = "override_settings";

static OVERRIDES: RwLock<Overrides> = RwLock::new(Overrides {
    of_run: None,
    of_test: None,
    urls: None,
});

/// Settings over those of files and variables.
#[derive(Clone, Debug)]
struct Overrides {
    of_run: Option<Document>,
    of_test: Option<Document>,
    /// The file of the urls, below the project.
    urls: Option<PathBuf>,
}

/// Lays the TOML `text` over all settings that this process reads from now on.
pub fn override_for_run(text: &str) -> Result<(), Findings> {
    let document = Document::parse(Path::new(PLACE), text)?;
    change(|overrides| overrides.of_run = Some(document));
    Ok(())
}

/// Lays the TOML `text` over that, in the place of what was laid there before; `urls` names another file of urls.
pub fn override_for_test(text: &str, urls: Option<PathBuf>) -> Result<(), Findings> {
    let document = Document::parse(Path::new(PLACE), text)?;
    change(|overrides| {
        overrides.of_test = Some(document);
        overrides.urls = urls;
    });
    Ok(())
}

/// What is laid over all settings, the strongest first.
pub(super) fn documents() -> Vec<Document> {
    let overrides = OVERRIDES.read().unwrap_or_else(PoisonError::into_inner);
    let all = [&overrides.of_test, &overrides.of_run];
    all.into_iter().flatten().cloned().collect()
}

/// The file of the urls where it is not the usual one.
pub fn overridden_urls() -> Option<PathBuf> {
    let overrides = OVERRIDES.read().unwrap_or_else(PoisonError::into_inner);
    overrides.urls.clone()
}

fn change(change: impl FnOnce(&mut Overrides)) {
    change(&mut OVERRIDES.write().unwrap_or_else(PoisonError::into_inner));
}
