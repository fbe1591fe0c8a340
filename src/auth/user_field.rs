//! A field of the user model, with the kind of its values.

use crate::auth::UserKey;
use crate::clock::Zone;
use crate::db::{DatabaseError, SqlValue};
use crate::models::{Field, FieldKind};
use crate::query::{OmittedValue, omitted_value};
use crate::values::{auto_now_value, from_column, from_text, to_column, to_text};

/// A field of the user model.
#[derive(Clone, Debug)]
pub struct UserField {
    /// The field.
    pub field: Field,
    /// The kind of its values, references followed.
    pub kind: FieldKind,
    /// The zone of days, and of moments that do not name one.
    pub zone: Zone,
}

impl UserField {
    /// A field whose values are of its own kind, as of all that are not references.
    pub fn plain(field: Field) -> Self {
        let kind = field.kind.clone();
        let zone = Zone::utc();
        Self { field, kind, zone }
    }

    /// Whether a visitor can fill it in a form: it is a value of its own, and not a file.
    pub fn fits_form(&self) -> bool {
        let kind = &self.field.kind;
        let is_file = matches!(
            kind,
            FieldKind::File { .. } | FieldKind::Image { .. } | FieldKind::FilePath { .. }
        );
        let is_document = matches!(kind, FieldKind::Binary { .. } | FieldKind::Json);
        self.field.relation().is_none() && !is_file && !is_document
    }

    /// What its column keeps of `text`; none where no value is written so.
    pub(super) fn parse(&self, text: &str) -> Option<SqlValue> {
        let value = from_text(&self.kind, text, &Zone::utc()).ok()?;
        Some(to_column(&value))
    }

    /// What Python's `str` makes of a value of its column.
    pub(super) fn text(&self, value: &SqlValue) -> Result<String, DatabaseError> {
        let read = from_column(&self.kind, value);
        let read = read.ok_or_else(|| DatabaseError::ColumnType {
            place: format!("`{}` of a row", self.field.column()),
            expected: self.kind.class_name(),
            found: format!("{value:?}"),
        })?;
        Ok(to_text(&read))
    }

    /// The key of a user that its column keeps as `value`.
    pub(super) fn key(&self, value: SqlValue) -> Result<UserKey, DatabaseError> {
        let text = self.text(&value)?;
        Ok(UserKey::new(value, text))
    }

    /// What a new user has in it where nobody says another; asked for each user, since some defaults
    /// differ every time.
    pub(super) fn initial_value(&self) -> Option<OmittedValue> {
        match auto_now_value(&self.field, &self.zone) {
            Some(moment) => Some(OmittedValue::Value(moment)),
            None => omitted_value(&self.field, &self.kind, &self.zone).ok(),
        }
    }

    /// Whether somebody has to fill it for a new user: it has no default, and may not be blank.
    pub fn is_required(&self) -> bool {
        let (field, initial) = (&self.field, self.initial_value());
        let missing = matches!(initial, None | Some(OmittedValue::Required));
        let blank = field.default.is_none() && !field.null && !field.blank;
        let asked = field.editable && matches!(initial, Some(OmittedValue::Value(_)));
        missing || blank && asked && auto_now_value(field, &self.zone).is_none()
    }
}
