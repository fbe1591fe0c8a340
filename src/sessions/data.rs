//! What a session keeps.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a session keeps: JSON values by name, in the order they came.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(transparent)]
pub struct SessionData(Map<String, Value>);

impl SessionData {
    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The text of this name, if it is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// Keeps `value`, in the place of the old one if there was one.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.0.insert(name.into(), value.into());
    }

    /// Takes the value of this name out; the others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.shift_remove(name)
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl From<Map<String, Value>> for SessionData {
    fn from(values: Map<String, Value>) -> Self {
        Self(values)
    }
}

#[cfg(test)]
mod tests {
    use super::SessionData;

    #[test]
    fn keeps_the_order_when_something_is_removed() {
        let mut data = SessionData::default();
        for name in ["c", "a", "b", "d"] {
            data.insert(name, 1);
        }
        data.remove("c");
        data.insert("a", 2);
        let names: Vec<_> = data.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b", "d"]);
        assert_eq!(data.get("a").unwrap(), 2);
    }
}
