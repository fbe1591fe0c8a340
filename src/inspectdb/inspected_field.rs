//! A field of a model that is put together.

use crate::models::Literal;
use crate::models::expression::Expression;
use crate::models::write::text as quoted;
use crate::values::Decimal;

/// A field as it is going to be written.
#[derive(Clone, Debug)]
pub(super) struct InspectedField {
    pub(super) name: String,
    pub(super) column: String,
    /// Django's class.
    pub(super) class: String,
    /// Whether it accepts no value.
    pub(super) null: bool,
    /// The model that it refers to, as it is written.
    pub(super) to: Option<String>,
    pub(super) entries: Vec<(String, String)>,
    /// What a person should know of it.
    pub(super) notes: Vec<String>,
}

impl InspectedField {
    /// The name under which a row keeps its value.
    pub(super) fn attname(&self) -> String {
        match &self.to {
            Some(_) => format!("{}_id", self.name),
            None => self.name.clone(),
        }
    }

    /// Whether the field keeps `value` as it is: a decimal has no more digits than the field.
    pub(super) fn holds(&self, value: &Expression) -> bool {
        let Expression::Value(literal) = value else {
            return true;
        };
        let digits = |name: &str| -> Option<u32> {
            let mut entries = self.entries.iter();
            entries.find(|(entry, _)| entry == name)?.1.parse().ok()
        };
        let (Some(max_digits), Some(places)) = (digits("max_digits"), digits("decimal_places"))
        else {
            return true;
        };
        let number: Option<f64> = match literal {
            Literal::Integer(number) => number.to_string().parse().ok(),
            Literal::Float(number) => Some(*number),
            Literal::String(text) => text.trim().parse().ok(),
            _ => return true,
        };
        let kept = number.and_then(|number| {
            let exact = Decimal::parse(&number.to_string())?;
            let kept = exact.quantize(max_digits, places)?;
            kept.to_string().parse::<f64>().ok()
        });
        number.is_some() && kept == number
    }

    /// Gives a relation the name of the way back.
    pub(super) fn set_related_name(&mut self, name: &str) {
        let options = [
            "type",
            "to",
            "on_delete",
            "to_field",
            "through",
            "through_fields",
        ];
        let is_before = |(option, _): &&(String, String)| options.contains(&option.as_str());
        let at = self.entries.iter().take_while(is_before).count();
        let entry = ("related_name".to_owned(), quoted(name));
        self.entries.insert(at, entry);
    }
}

/// The name of the field of `column`.
pub(super) fn field_of<'f>(fields: &'f [InspectedField], column: &str) -> Option<&'f str> {
    let mut fields = fields.iter();
    let field = fields.find(|field| field.column.eq_ignore_ascii_case(column));
    field.map(|field| field.name.as_str())
}
