//! Where a user model keeps what is known of a user.

use crate::auth::{UserAttribute, UserField};
use crate::models::{AutoNow, Field, FieldKind};

/// The fields of a user model: its key, and for each attribute the field that keeps it, if there is one.
#[derive(Clone, Debug)]
pub struct UserFields {
    key: UserField,
    attributes: Vec<(UserAttribute, UserField)>,
}

impl UserFields {
    /// The fields of a model whose key is `key`; `field` says which one keeps an attribute.
    pub fn new(key: UserField, field: impl Fn(UserAttribute) -> Option<UserField>) -> Self {
        let attributes = UserAttribute::ALL.into_iter();
        let attributes = attributes.filter_map(|attribute| Some((attribute, field(attribute)?)));
        Self {
            key,
            attributes: attributes.collect(),
        }
    }

    /// The fields of Django's `AbstractUser`, with a key called `id` that counts up.
    pub fn usual() -> Self {
        let mut id = Field::new("id", FieldKind::Auto);
        id.primary_key = true;
        Self::new(UserField::plain(id), |attribute| {
            let kind = match attribute {
                UserAttribute::LastLogin | UserAttribute::DateJoined => {
                    FieldKind::DateTime(AutoNow::default())
                }
                UserAttribute::IsSuperuser | UserAttribute::IsStaff | UserAttribute::IsActive => {
                    FieldKind::Boolean
                }
                _ => FieldKind::Text { max_length: None },
            };
            Some(UserField::plain(Field::new(attribute.usual_field(), kind)))
        })
    }

    /// The primary key.
    pub fn key(&self) -> &UserField {
        &self.key
    }

    /// The field that keeps `attribute`; none where users have no such thing.
    pub fn get(&self, attribute: UserAttribute) -> Option<&UserField> {
        let mut known = self.attributes.iter();
        let found = known.find(|(known, _)| *known == attribute);
        found.map(|(_, field)| field)
    }

    /// The column that keeps `attribute`.
    pub(super) fn column(&self, attribute: UserAttribute) -> Option<String> {
        self.get(attribute).map(|field| field.field.column())
    }

    /// What is known of a user and which field keeps it, in the order in which it is read.
    pub fn attributes(&self) -> impl Iterator<Item = (UserAttribute, &UserField)> {
        let known = self.attributes.iter();
        known.map(|(attribute, field)| (*attribute, field))
    }

    /// Where `attribute` stands in a row that is read, behind the key.
    pub(super) fn place(&self, attribute: UserAttribute) -> Option<usize> {
        let mut known = self.attributes.iter();
        let place = known.position(|(known, _)| *known == attribute)?;
        Some(place + 1)
    }

    /// The columns of a row that is read: the key, then the attributes.
    pub(super) fn read_columns(&self) -> Vec<String> {
        let attributes = self.attributes.iter();
        let attributes = attributes.map(|(_, field)| field.field.column());
        std::iter::once(self.key.field.column())
            .chain(attributes)
            .collect()
    }

    /// The attributes whose columns a new user fills: one where two of them share a column.
    pub(super) fn written(&self) -> Vec<(UserAttribute, String)> {
        let mut written: Vec<(UserAttribute, String)> = Vec::new();
        for (attribute, field) in self.attributes() {
            let column = field.field.column();
            if !written.iter().any(|(_, taken)| *taken == column) {
                written.push((attribute, column));
            }
        }
        written
    }

    /// Whether `field` is the key or keeps an attribute.
    pub fn contains(&self, name: &str) -> bool {
        let mut attributes = self.attributes.iter();
        self.key.field.name == name || attributes.any(|(_, field)| field.field.name == name)
    }
}
