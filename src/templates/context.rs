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

    fn is_lazy(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(ContextEntry::Lazy(_)))
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
    /// What tags have added.
    added: Mutex<BTreeMap<String, Value>>,
}

impl RecordingContext {
    /// The name under which it finds itself; no name of a template begins so.
    pub(super) const ITSELF: &str = " context";

    pub(super) fn new(context: Context, remembers: bool) -> Arc<Self> {
        Arc::new(Self {
            context,
            missed: remembers.then(Mutex::default),
            added: Mutex::default(),
        })
    }

    /// What a tag has added under `name`.
    fn added(&self, name: &str) -> Option<Value> {
        let added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        added.get(name).cloned()
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
        if key == Self::ITSELF {
            return Some(Value::from_dyn_object(Arc::clone(self)));
        }
        let value = self.added(key).or_else(|| self.context.get(key));
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

/// The names that a page knows at some place; those that are costly are looked up when they are asked for.
#[derive(Debug)]
pub struct PageContext {
    root: Option<Arc<RecordingContext>>,
    found: BTreeMap<String, Value>,
}

impl PageContext {
    /// The names over `root`, what a page was made with, as `look_up` finds them.
    pub(super) fn new<'n>(
        root: Option<Value>,
        names: impl Iterator<Item = &'n str>,
        look_up: impl Fn(&str) -> Option<Value>,
    ) -> Self {
        let root = root.and_then(|root| root.downcast_object::<RecordingContext>());
        let is_lazy = |name: &str| root.as_ref().is_some_and(|root| root.context.is_lazy(name));
        let ready = names.filter(|name| !is_lazy(name));
        let found = ready.filter_map(|name| Some((name.to_owned(), look_up(name)?)));
        Self {
            found: found.collect(),
            root,
        }
    }

    /// The names of `context`, which no page is made of any more.
    pub fn of(context: Context) -> Self {
        let ready = context.0.iter().filter_map(|(name, entry)| match entry {
            ContextEntry::Ready(value) => Some((name.clone(), value.clone())),
            ContextEntry::Lazy(_) => None,
        });
        Self {
            found: ready.collect(),
            root: Some(RecordingContext::new(context, false)),
        }
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<Value> {
        let found = self.found.get(name).cloned();
        found.or_else(|| self.root.as_ref()?.context.get(name))
    }

    /// Whether the value of `name` is made only when it is asked for.
    pub fn is_lazy(&self, name: &str) -> bool {
        let is_found = self.found.contains_key(name);
        !is_found
            && self
                .root
                .as_ref()
                .is_some_and(|root| root.context.is_lazy(name))
    }

    /// All names.
    pub fn names(&self) -> Vec<String> {
        let of_page = self.root.iter().flat_map(|root| root.context.0.keys());
        let lazy = of_page.filter(|name| self.is_lazy(name));
        self.found.keys().chain(lazy).cloned().collect()
    }

    /// Has the rest of the page know `name`, unless it stands for something nearer there.
    pub fn set(&self, name: &str, value: Value) {
        if let Some(root) = &self.root {
            let mut added = root.added.lock().unwrap_or_else(PoisonError::into_inner);
            added.insert(name.to_owned(), value);
        }
    }
}
