//! What a session keeps.

use crate::json::{Json, JsonStyle, JsonWriter};

/// What a session keeps: JSON values by name, in the order they came.
///
/// The values are those of Python: numbers of any size, `NaN`, half a surrogate pair. What one program
/// keeps, the other finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionData(Vec<(String, Json)>);

impl SessionData {
    /// What `document` holds; none where it is not an object.
    pub fn from_json(document: Json) -> Option<Self> {
        match document {
            Json::Object(pairs) => Some(Self(pairs)),
            _ => None,
        }
    }

    /// The data as one object, without spaces.
    pub fn to_json(&self) -> String {
        let mut writer = JsonWriter::new(JsonStyle::WITHOUT_SPACES);
        writer.object(&self.0);
        writer.into_text()
    }

    /// The names and their values, in the order they came.
    pub fn items(&self) -> &[(String, Json)] {
        &self.0
    }

    /// Whether there is a value of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The names, in the order they came.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Json> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// The text of this name, if it is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// Keeps `value`, in the place of the old one if there was one.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Takes the value of this name out; the others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let place = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(place).1)
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::SessionData;
    use crate::json::Json;

    #[test]
    fn keeps_the_order_when_something_is_removed() {
        let mut data = SessionData::default();
        for name in ["c", "a", "b", "d"] {
            data.insert(name, 1);
        }
        data.remove("c");
        data.insert("a", 2);
        assert_eq!(data.to_json(), r#"{"a":2,"b":1,"d":1}"#);
        assert_eq!(data.get("a"), Some(&Json::from(2)));
    }
}
