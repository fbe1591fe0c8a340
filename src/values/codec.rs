//! What every codec of a kind of field can do.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;

/// How the values of one kind of field are read; null is dealt with before.
pub(super) trait Codec {
    /// The value that a column holds; none where that is not one of this kind.
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue>;

    /// The value of a fixture, as Django's `to_python` takes it; `zone` is that of moments without one.
    ///
    /// `Err` says what was expected, such as `a whole number`.
    fn read_json(&self, value: &Json, zone: &Zone) -> Result<FieldValue, &'static str>;

    /// The value of a literal in a file; none where this kind cannot hold it.
    fn read_literal(&self, literal: &Literal) -> Option<FieldValue>;

    /// The value that a person typed.
    fn read_text(&self, text: &str, zone: &Zone) -> Result<FieldValue, &'static str> {
        self.read_json(&Json::String(text.to_owned()), zone)
    }
}
