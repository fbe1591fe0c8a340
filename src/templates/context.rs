//! The names that a template can use, and those that it uses although they are undefined.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{Enumerator, Object, Value};

use crate::diagnostic::Location;

/// Names and values for a template.
#[derive(Clone, Default)]
pub struct Context(BTreeMap<String, ContextEntry>);

#[derive(Clone)]
enum ContextEntry {
    Ready(Value),
    Lazy(Arc<dyn Fn() -> Value + Send + Sync>),
}

impl Context {
    /// Sets `name` to `value`.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.0
            .insert(name.into(), ContextEntry::Ready(value.into()));
    }

    /// Has `name` computed by `value` whenever a template reads it, and only then.
    pub fn set_lazy(
        &mut self,
        name: impl Into<String>,
        value: impl Fn() -> Value + Send + Sync + 'static,
    ) {
        self.0
            .insert(name.into(), ContextEntry::Lazy(Arc::new(value)));
    }

    /// Sets `name` to `value`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// Adds what `other` has; its values win.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The names, sorted.
    pub fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn get(&self, name: &str) -> Option<Value> {
        self.0.get(name).map(|entry| match entry {
            ContextEntry::Ready(value) => value.clone(),
            ContextEntry::Lazy(value) => value(),
        })
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A name that a template used although it is undefined.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UndefinedName {
    /// The name.
    pub name: String,
    /// Where it was used first.
    pub location: Option<Location>,
}

/// A context that may remember the undefined names it was asked for.
#[derive(Debug)]
pub(super) struct RecordingContext {
    pub(super) context: Context,
    /// None where nobody will ask for them.
    missed: Option<Mutex<Vec<String>>>,
}

impl RecordingContext {
    pub(super) fn new(context: Context, remembers: bool) -> Arc<Self> {
        Arc::new(Self {
            context,
            missed: remembers.then(Mutex::default),
        })
    }

    /// The undefined names that were asked for, in order, each once.
    pub(super) fn missed(&self) -> Vec<String> {
        let missed = self.missed.iter().flat_map(|missed| {
            let missed = missed.lock();
            missed.unwrap_or_else(PoisonError::into_inner).clone()
        });
        missed.collect()
    }
}

impl Object for RecordingContext {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let value = self.context.get(key);
        if value.is_none()
            && let Some(missed) = &self.missed
        {
            let mut missed = missed.lock().unwrap_or_else(PoisonError::into_inner);
            if !missed.iter().any(|name| name == key) {
                missed.push(key.to_owned());
            }
        }
        value
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.context.0.keys().map(Value::from).collect())
    }
}
