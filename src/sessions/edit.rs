//! What a request changed in a session, so that what others wrote meanwhile is not lost.

use crate::sessions::{SessionData, SessionVersion};

/// The names whose values a request changed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct SessionChanges {
    /// Whether all that was there before is gone.
    everything: bool,
    names: Vec<String>,
}

impl SessionChanges {
    /// The value of `name` is another one, or gone.
    pub(super) fn add(&mut self, name: &str) {
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }

    /// Whatever was there is gone.
    pub(super) fn add_everything(&mut self) {
        self.everything = true;
    }
}

/// A session as a request leaves it, which is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct SessionEdit<'s> {
    data: &'s SessionData,
    /// None where nothing else is to be left.
    changes: Option<&'s SessionChanges>,
    /// What was kept when the request read it.
    version: &'s SessionVersion,
}

impl<'s> SessionEdit<'s> {
    /// `data` in place of all that is kept.
    pub fn replacing(data: &'s SessionData) -> Self {
        Self {
            data,
            changes: None,
            version: &SessionVersion::Unknown,
        }
    }

    /// The `changes` of `data`.
    pub(super) fn new(
        data: &'s SessionData,
        changes: &'s SessionChanges,
        version: &'s SessionVersion,
    ) -> Self {
        Self {
            data,
            changes: (!changes.everything).then_some(changes),
            version,
        }
    }

    /// The session as the request knows it, for an engine that cannot tell what was written meanwhile.
    pub fn data(&self) -> &'s SessionData {
        self.data
    }

    /// What the engine knew the session by when the request read it. Where it still is that, nobody wrote meanwhile, and
    /// [`Self::data`] is what is to be kept.
    pub(super) fn version(&self) -> &'s SessionVersion {
        self.version
    }

    /// What is to be kept in place of `stored`: that with the changes of the request, and nothing else changed.
    pub fn applied_to(&self, stored: SessionData) -> SessionData {
        let Some(changes) = self.changes else {
            return self.data.clone();
        };
        let mut merged = stored;
        for name in &changes.names {
            match self.data.get(name) {
                Some(value) => merged.insert(name.clone(), value.clone()),
                None => drop(merged.remove(name)),
            }
        }
        merged
    }
}
