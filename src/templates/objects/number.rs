//! Values as numbers with a fraction.

use minijinja::value::{Value, ValueKind};

use crate::templates::objects::DecimalValue;

/// `value` as Python's `float` reads it.
pub(in crate::templates) fn number(value: &Value) -> Option<f64> {
    if let Some(decimal) = value.downcast_object_ref::<DecimalValue>() {
        return decimal.0.to_string().parse().ok();
    }
    match value.kind() {
        ValueKind::String => {
            let text = value.as_str().unwrap_or_default();
            text.trim().replace('_', "").parse().ok()
        }
        ValueKind::Bool => Some(f64::from(u8::from(value.is_true()))),
        ValueKind::Number => f64::try_from(value.clone()).ok(),
        _ => None,
    }
}
