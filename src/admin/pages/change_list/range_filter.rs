//! A filter with a form: from one value to another, of numbers or of days.

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::day_range::{DayField, compare};
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::list_request::ListRequest;
use crate::clock::Date;
use crate::models::expression::{Condition, Lookup};
use crate::models::{Field, FieldKind, ModelSet as _, field_at_path};
use crate::templates::value::{Value, map};
use crate::values::{from_text, to_literal};

/// The bounds that the address asks for.
#[derive(Clone, Debug)]
pub(super) struct OpenRange {
    /// The names of its parameters: `price__gte`, `price__lte`.
    pub(super) names: [String; 2],
    /// What it asks of rows; none where all are meant.
    pub(super) condition: Option<Condition>,
    /// Whether it is of days.
    is_of_days: bool,
}

impl OpenRange {
    /// The range of the field at `path`; fails where the address has a bound that is not a value of it.
    pub(super) fn open(
        request: &AdminRequest<'_, '_>,
        admin: &ModelAdmin,
        path: &str,
        asked: &ListRequest,
    ) -> Result<Self, ListError> {
        let registry = &request.request.state.models;
        let names = [format!("{path}__gte"), format!("{path}__lte")];
        let found = field_at_path(registry, &admin.model, path);
        let field = found.map(|found| found.field);
        let field = field.ok_or(ListError::IncorrectLookup)?;
        let bounds = Bounds {
            field,
            days: DayField {
                path,
                is_moment: matches!(field.kind, FieldKind::DateTime(_)),
                zone: registry.time_zone(),
            },
        };
        let text = |name: &String| asked.get(name).filter(|text| !text.trim().is_empty());
        let from = text(&names[0]).map(|text| bounds.from(text.trim()));
        let to = text(&names[1]).map(|text| bounds.to(text.trim()));
        let parts = from.into_iter().chain(to);
        let parts: Option<Vec<_>> = parts.collect();
        let parts = parts.ok_or(ListError::IncorrectLookup)?;
        Ok(Self {
            condition: (!parts.is_empty()).then_some(Condition::All(parts)),
            is_of_days: bounds.is_of_days(),
            names,
        })
    }

    /// As the template prints it.
    pub(super) fn value(&self, title: &str, asked: &ListRequest) -> Value {
        let names: Vec<_> = self.names.iter().map(String::as_str).collect();
        let bound = |label: &str, name: &String| {
            map([
                ("label", label),
                ("name", name.as_str()),
                ("value", asked.get(name).map_or("", String::as_str)),
            ])
        };
        map([
            ("title", Value::from(title)),
            (
                "range",
                Value::from(vec![
                    bound("From", &self.names[0]),
                    bound("To", &self.names[1]),
                ]),
            ),
            (
                "input_type",
                Value::from(if self.is_of_days { "date" } else { "number" }),
            ),
            ("kept", asked.kept_parameters(&names)),
            ("clear_query", Value::from(asked.with_all(&names, &[]))),
            ("is_selected", Value::from(self.condition.is_some())),
        ])
    }
}

/// What bounds are compared with.
struct Bounds<'f> {
    field: &'f Field,
    days: DayField<'f>,
}

impl Bounds<'_> {
    fn is_of_days(&self) -> bool {
        matches!(self.field.kind, FieldKind::Date(_) | FieldKind::DateTime(_))
    }

    fn from(&self, text: &str) -> Option<Condition> {
        if self.is_of_days() {
            return self.days.since(Date::parse(text)?);
        }
        self.number(text, Lookup::Gte)
    }

    /// The last day is meant as a whole.
    fn to(&self, text: &str) -> Option<Condition> {
        if self.is_of_days() {
            return self.days.before(Date::parse(text)?.plus_days(1)?);
        }
        self.number(text, Lookup::Lte)
    }

    fn number(&self, text: &str, lookup: Lookup) -> Option<Condition> {
        let value = from_text(&self.field.kind, text, self.days.zone).ok()?;
        Some(compare(self.days.path, lookup, to_literal(&value)))
    }
}
