//! The Python of storages that are classes of a project: models need storages, and Python needs models.

use std::sync::{Arc, OnceLock, Weak};

use crate::script::PythonSite;

/// The Python of storages, told once its models are read. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct SiteOfStorages(Arc<OnceLock<Told>>);

#[derive(Debug)]
#[cfg_attr(
    not(feature = "python"),
    expect(dead_code, reason = "only the interpreter asks")
)]
enum Told {
    /// Somebody else keeps it, and the storages with it.
    Followed(Weak<PythonSite>),
    /// Nobody else does.
    Kept(Arc<PythonSite>),
}

impl SiteOfStorages {
    /// Their Python is that of `site`, for as long as there is one.
    pub fn follow(&self, site: &Arc<PythonSite>) {
        self.0.set(Told::Followed(Arc::downgrade(site))).ok();
    }

    /// Their Python is `site`, whose models know nothing of the storages.
    pub fn keep(&self, site: Arc<PythonSite>) {
        self.0.set(Told::Kept(site)).ok();
    }

    /// The Python; `None` before it is told, and after it is gone.
    #[cfg(feature = "python")]
    pub(super) fn get(&self) -> Option<Arc<PythonSite>> {
        match self.0.get()? {
            Told::Followed(site) => site.upgrade(),
            Told::Kept(site) => Some(Arc::clone(site)),
        }
    }
}
