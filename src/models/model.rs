//! A model: a table, its fields and its options.

use crate::models::{Field, FieldKind, ModelKey, ModelOptions, ModelRef};

/// A model, as it is now or as it was after some migration.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The label of its app.
    pub app_label: String,
    /// Its name, as written.
    pub name: String,
    /// Its fields, in the order of the file.
    pub fields: Vec<Field>,
    /// Its options.
    pub options: ModelOptions,
}

impl Model {
    /// Its key.
    pub fn key(&self) -> ModelKey {
        ModelKey::new(&self.app_label, &self.name)
    }

    /// Whether `key` is its key; makes none to compare with.
    pub fn is(&self, key: &ModelKey) -> bool {
        let same_name = || {
            if self.name.is_ascii() {
                self.name.eq_ignore_ascii_case(&key.model)
            } else {
                self.name.to_lowercase() == key.model
            }
        };
        self.app_label == key.app_label && same_name()
    }

    /// Its app and name, as they are written: `posts.Post`.
    pub fn label(&self) -> String {
        format!("{}.{}", self.app_label, self.name)
    }

    /// Its table.
    pub fn db_table(&self) -> String {
        let declared = self.options.db_table.clone();
        declared.unwrap_or_else(|| format!("{}_{}", self.app_label, self.name.to_lowercase()))
    }

    /// Whether this is its table, as databases compare the names of tables.
    pub fn has_db_table(&self, table: &str) -> bool {
        self.db_table().eq_ignore_ascii_case(table)
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field of this name, to be changed.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.name == name)
    }

    /// The field that names a row.
    pub fn primary_key(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.primary_key)
    }

    /// The fields that are columns of the table.
    pub fn columns(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.has_column())
    }

    /// What people call one row: `log entry` of `LogEntry`.
    pub fn verbose_name(&self) -> String {
        let declared = self.options.verbose_name.clone();
        declared.unwrap_or_else(|| camel_case_to_spaces(&self.name))
    }

    /// What people call rows.
    pub fn verbose_name_plural(&self) -> String {
        let declared = self.options.verbose_name_plural.clone();
        declared.unwrap_or_else(|| format!("{}s", self.verbose_name()))
    }

    /// Gives it the primary key `id` of this kind, in front, unless it has one.
    #[must_use]
    pub fn with_primary_key(mut self, kind: FieldKind) -> Self {
        if self.primary_key().is_none() && self.options.proxy_for.is_none() {
            self.fields.insert(0, Field::implicit_id(kind));
        }
        self
    }

    /// The model of the table between the two ends of `field`, unless one is declared.
    ///
    /// `target` is the model referred to.
    pub fn auto_created_through(&self, field: &Field, target: &Self) -> Option<Self> {
        let relation = field.many_to_many()?;
        if relation.through.is_some() || !self.options.managed {
            return None;
        }
        let (mut from, mut to) = (self.name.to_lowercase(), target.name.to_lowercase());
        // Of two models of one name, in two apps or the same, neither column could have the other's name.
        if from == to {
            (from, to) = (format!("from_{from}"), format!("to_{to}"));
        }
        let end = |name: &str, model: &Self| {
            let to = ModelRef::Named(model.key());
            Field::new(name, FieldKind::ForeignKey(relation.end(to)))
        };
        let table = relation.db_table.clone();
        Some(Self {
            app_label: self.app_label.clone(),
            name: format!("{}_{}", self.name, field.name),
            fields: vec![
                Field::implicit_id(FieldKind::BigAuto),
                end(&from, self),
                end(&to, target),
            ],
            options: ModelOptions {
                db_table: table.or_else(|| Some(format!("{}_{}", self.db_table(), field.name))),
                unique_together: vec![vec![from, to]],
                ..ModelOptions::default()
            },
        })
    }
}

/// `LogEntry` as `log entry`; where a word begins is Django's rule.
fn camel_case_to_spaces(name: &str) -> String {
    let letters: Vec<_> = name.chars().collect();
    let mut words = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_lower = index > 0 && letters[index - 1].is_ascii_lowercase();
        let next = letters.get(index + 1);
        let before_other = next.is_some_and(|next| !next.is_ascii_uppercase());
        if letter.is_ascii_uppercase() && (after_lower || before_other) {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::camel_case_to_spaces;

    #[test]
    fn splits_a_name_into_words() {
        assert_eq!(camel_case_to_spaces("LogEntry"), "log entry");
        assert_eq!(camel_case_to_spaces("HTTPRequest"), "http request");
        assert_eq!(camel_case_to_spaces("user"), "user");
        assert_eq!(camel_case_to_spaces("Post2A"), "post2a");
    }
}
