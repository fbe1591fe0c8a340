//! Attributes of elements, in order.

use crate::templates::escape;
use crate::templates::value::Value;

/// What an attribute says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum AttributeValue {
    /// `name="value"`.
    Text(String),
    /// `name`.
    Bare,
    /// Nothing: the attribute is left out.
    Absent,
}

impl From<&str> for AttributeValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for AttributeValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for AttributeValue {
    fn from(present: bool) -> Self {
        if present { Self::Bare } else { Self::Absent }
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct HtmlAttribute {
    name: String,
    value: AttributeValue,
}

/// The attributes of an element; a name stays where it was set first, as in Python's `dict`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct HtmlAttributes(Vec<HtmlAttribute>);

impl HtmlAttributes {
    /// Sets `name`.
    pub(super) fn set(&mut self, name: &str, value: impl Into<AttributeValue>) {
        let value = value.into();
        match self.0.iter_mut().find(|known| known.name == name) {
            Some(known) => known.value = value,
            None => self.0.push(HtmlAttribute {
                name: name.to_owned(),
                value,
            }),
        }
    }

    /// Sets `name` unless it is set.
    pub(super) fn set_default(&mut self, name: &str, value: impl Into<AttributeValue>) {
        if !self.has(name) {
            self.set(name, value);
        }
    }

    /// These with those of `more`, which win.
    #[must_use]
    pub(super) fn merged(&self, more: &Self) -> Self {
        let mut all = self.clone();
        for attribute in &more.0 {
            all.set(&attribute.name, attribute.value.clone());
        }
        all
    }

    /// Removes `name`; returns its text.
    pub(super) fn remove(&mut self, name: &str) -> Option<String> {
        let index = self.0.iter().position(|known| known.name == name)?;
        match self.0.remove(index).value {
            AttributeValue::Text(text) => Some(text),
            AttributeValue::Bare | AttributeValue::Absent => None,
        }
    }

    /// Whether `name` was set.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|known| known.name == name)
    }

    /// Whether `name` is set, and to something.
    pub(super) fn is_on(&self, name: &str) -> bool {
        let value = self.0.iter().find(|known| known.name == name);
        value.is_some_and(|known| match &known.value {
            AttributeValue::Text(text) => !text.is_empty(),
            AttributeValue::Bare => true,
            AttributeValue::Absent => false,
        })
    }

    /// The text of `name`, if it has one that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let known = self.0.iter().find(|known| known.name == name)?;
        match &known.value {
            AttributeValue::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// All attributes, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &AttributeValue)> {
        self.0
            .iter()
            .map(|attribute| (attribute.name.as_str(), &attribute.value))
    }

    /// Those that are written, as templates know them: true where an attribute has no text.
    pub(super) fn values(&self) -> impl Iterator<Item = (String, Value)> {
        self.iter().filter_map(|(name, value)| {
            let value = match value {
                AttributeValue::Text(text) => Value::from(text.as_str()),
                AttributeValue::Bare => Value::from(true),
                AttributeValue::Absent => return None,
            };
            Some((name.to_owned(), value))
        })
    }

    /// Writes them, each with a space before it.
    pub(super) fn write(&self, out: &mut String) {
        for (name, value) in self.iter() {
            match value {
                AttributeValue::Text(text) => write_attribute(out, name, text),
                AttributeValue::Bare => {
                    out.push(' ');
                    out.push_str(&escape(name));
                }
                AttributeValue::Absent => {}
            }
        }
    }
}

/// Writes ` name="value"`.
pub(super) fn write_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(&escape(name));
    out.push_str("=\"");
    out.push_str(&escape(value));
    out.push('"');
}
