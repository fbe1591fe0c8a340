//! Names for the ways back of relations, where the usual ones are taken.

use std::collections::{BTreeMap, BTreeSet};

use crate::inspectdb::inspected_field::InspectedField;
use crate::inspectdb::known_model::KnownModel;
use crate::inspectdb::model_draft::ModelDraft;
use crate::inspectdb::names::unlike;

/// Gives every relation a `related_name` whose usual way back clashes with a field of the model it
/// leads to, or with another way back.
pub(super) fn name_ways_back(models: &mut [ModelDraft<'_>], known: &[KnownModel]) {
    let mut taken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for model in known {
        let names = model.names.iter().cloned().collect();
        taken.insert(model.label.clone(), names);
    }
    for model in models.iter() {
        let fields = model.fields.iter().chain(&model.many_to_many);
        let names = fields.flat_map(|field| [field.name.clone(), field.attname()]);
        taken.insert(model.table.model.clone(), names.collect());
    }
    for model in models {
        let own = model.table.model.clone();
        for field in model.fields.iter_mut().chain(&mut model.many_to_many) {
            name_way_back(field, &own, &mut taken);
        }
    }
}

fn name_way_back(
    field: &mut InspectedField,
    own: &str,
    taken: &mut BTreeMap<String, BTreeSet<String>>,
) {
    let Some(to) = field.to.clone() else {
        return;
    };
    let to = if to == "self" { own.to_owned() } else { to };
    let taken = taken.entry(to).or_default();
    let query_name = own.to_lowercase();
    let accessor = match field.class.as_str() {
        "OneToOneField" => query_name.clone(),
        _ => format!("{query_name}_set"),
    };
    let is_free = !taken.contains(&accessor) && !taken.contains(&query_name);
    if is_free && field.class != "ManyToManyField" {
        taken.extend([accessor, query_name]);
        return;
    }
    let name = format!("{query_name}_{}_set", field.name);
    let name = unlike(name, |name| taken.contains(name));
    field.set_related_name(&name);
    taken.insert(name);
}
