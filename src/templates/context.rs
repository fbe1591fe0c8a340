//! The names a template can use, and those it uses in vain.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{Enumerator, Object, Value};

use crate::diagnostic::Location;

/// Names and values for a template.
#[derive(Clone, Debug, Default)]
pub struct Context(BTreeMap<String, Value>);

impl Context {
    /// Sets `name` to `value`.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.0.insert(name.into(), value.into());
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
}

/// A name that a template used and nobody defined.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Undefined {
    /// The name.
    pub name: String,
    /// Where it was used first.
    pub location: Option<Location>,
}

/// A context that remembers the names it was asked for in vain.
#[derive(Debug)]
pub(super) struct Recording {
    pub(super) context: Context,
    missed: Mutex<Vec<String>>,
}

impl Recording {
    pub(super) fn new(context: Context) -> Arc<Self> {
        Arc::new(Self {
            context,
            missed: Mutex::default(),
        })
    }

    /// The names asked for in vain, in order, each once.
    pub(super) fn missed(&self) -> Vec<String> {
        let missed = self.missed.lock();
        missed.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Object for Recording {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let value = self.context.0.get(key).cloned();
        if value.is_none() {
            let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
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
