//! A model that is put together from a table.

use crate::inspectdb::inspected_field::InspectedField;
use crate::inspectdb::inspected_table::InspectedTable;

/// A model with the fields that its table has, and its relations to many.
#[derive(Clone, Debug)]
pub(super) struct ModelDraft<'t> {
    pub(super) table: &'t InspectedTable,
    pub(super) fields: Vec<InspectedField>,
    pub(super) many_to_many: Vec<InspectedField>,
}
