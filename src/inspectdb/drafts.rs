//! All models that are put together from the tables of a database.

use crate::inspectdb::column::fields;
use crate::inspectdb::inspected_table::InspectedTable;
use crate::inspectdb::known_model::KnownModel;
use crate::inspectdb::many_to_many::many_to_many;
use crate::inspectdb::model_draft::ModelDraft;

/// The models of `tables`, where `known` are there already.
pub(super) fn drafts<'t>(
    tables: &'t [InspectedTable],
    known: &'t [KnownModel],
) -> Vec<ModelDraft<'t>> {
    let mut models: Vec<_> = tables
        .iter()
        .map(|table| ModelDraft {
            table,
            fields: fields(table, tables, known),
            many_to_many: Vec::new(),
        })
        .collect();
    for at in 0..models.len() {
        models[at].many_to_many = many_to_many(&models, at);
    }
    models
}
