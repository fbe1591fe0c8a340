//! Forms of models in `forms.toml`: `model`, `fields` or `exclude`, and what is changed of the fields.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::{Item, Problems, Table, TableEntry, TableReader, Value};
use crate::forms::definition::FormDefinition;
use crate::forms::field::FormField;
use crate::forms::model_form::{ModelFormDeclaration, form_field, model_form_definition};
use crate::forms::read::FormContext;
use crate::forms::read::error_messages::check_codes;
use crate::forms::read::field::{field_of_class, fields};
use crate::forms::read::model_choices::model as named_model;
use crate::forms::read::widget::{default_widget, widget};
use crate::forms::widget::Widget;
use crate::models::{Model, ModelSet as _, Registry};
use crate::text;

/// What stands for all fields of a model.
const ALL_FIELDS: &str = "__all__";

/// The tables that say what is changed of fields.
const CHANGES: [&str; 5] = [
    "widgets",
    "labels",
    "help_texts",
    "error_messages",
    "field_classes",
];

/// The place of the messages among [`CHANGES`].
const MESSAGES: usize = 3;

/// What stands for no field alone.
const NO_FIELD: &str = "__all__";

/// What a form changes of a field made from the model.
#[derive(Default)]
struct FieldOverride {
    name: String,
    widget: Option<Widget>,
    label: Option<String>,
    help_text: Option<String>,
    messages: Vec<(String, String)>,
    /// A field of the class that it has in place of that of the model.
    class: Option<FormField>,
    localize: bool,
}

/// The form of a model that a table declares; none, which is reported, where the model is not known.
pub(super) fn model_form(
    context: &FormContext<'_>,
    reader: &TableReader<'_>,
) -> Option<FormDefinition> {
    let key = named_model(context, reader, "model");
    let declared = reader.table("declared_fields");
    let declared = declared.map(|table| fields(context, table.source()));
    let wanted = reader.item("fields");
    let excluded = reader.item("exclude");
    let tables = CHANGES.map(|key| reader.table(key));
    let localized = reader.item("localized_fields");
    for key in [
        "prefix",
        "label_suffix",
        "error_css_class",
        "required_css_class",
        "field_order",
    ] {
        reader.item(key);
    }
    let (Some(key), Some(registry)) = (key, context.registry) else {
        return None;
    };
    let model = Arc::clone(registry.shared(&key)?);
    if wanted.is_none() && excluded.is_none() && !has_misspelt_fields(reader) {
        let message = "a form of a model needs `fields` or `exclude`";
        let place = reader.item("model")?;
        let hint = "write `fields = [\"title\"]`, or `fields = \"__all__\"`";
        context
            .problems
            .push(place.error("missing-key", message).hint(hint));
    }
    let declaration = ModelFormDeclaration {
        fields: wanted.and_then(|item| names(context, &model, item, "fields")),
        exclude: excluded
            .and_then(|item| names(context, &model, item, "exclude"))
            .unwrap_or_default(),
        declared: declared.unwrap_or_default(),
        messages: tables[MESSAGES]
            .as_ref()
            .and_then(|table| table.source().get(NO_FIELD))
            .and_then(Item::as_table)
            .map_or_else(Vec::new, |table| messages_of(context, table)),
    };
    if let (Some(item), Some(fields)) = (wanted, &declaration.fields) {
        check_editable(context, &model, item, fields, &declaration.declared);
    }
    let mut changes = changes(context, &model, &tables);
    let localized = localized.map(|item| names(context, &model, item, "localized_fields"));
    let all = || {
        model
            .fields
            .iter()
            .map(|field| field.name.clone())
            .collect()
    };
    for name in localized.map_or_else(Vec::new, |names| names.unwrap_or_else(all)) {
        change_of(&mut changes, &name).localize = true;
    }
    let change = |field: FormField| changed(field, &changes);
    let form = model_form_definition(registry, &model, &declaration, context.zone, change);
    if let Some(messages) = &tables[MESSAGES] {
        check_message_codes(context, &model, &form, messages.source());
    }
    Some(form)
}

/// Reports codes of `error_messages` that no error of the form, or of a field of it, has.
fn check_message_codes(
    context: &FormContext<'_>,
    model: &Model,
    form: &FormDefinition,
    messages: &Table,
) {
    for entry in messages.entries() {
        let Some(table) = entry.item.as_table() else {
            continue;
        };
        let own = form.fields.iter().find(|field| field.name == entry.key);
        let mut codes = match own {
            Some(field) => field.error_codes(),
            None if entry.key == NO_FIELD => BTreeSet::from(["unique_together"]),
            None => continue,
        };
        // What the rules of the model say of a row stands beside a field or above the form.
        codes.extend(["unique", "unique_for_date"]);
        let constraints = model.options.constraints.iter();
        codes.extend(constraints.filter_map(|rule| rule.violation_error_code.as_deref()));
        check_codes(context, table, &entry.key, &codes);
    }
}

/// Whether a key is likely to be `fields` or `exclude`, which is told of that key.
fn has_misspelt_fields(reader: &TableReader<'_>) -> bool {
    let keys = reader.source().entries().iter();
    let mut nearest = keys.filter_map(|entry| text::nearest(&entry.key, ["fields", "exclude"]));
    nearest.next().is_some()
}

/// The form of `model` with the fields that `item` lists, where a view declares no more of it than that.
pub fn form_of_fields(
    registry: &Registry,
    model: &Arc<Model>,
    item: &Item,
    problems: &Problems,
) -> FormDefinition {
    let zone = registry.time_zone();
    let context = FormContext::new(&model.app_label, problems, Some(registry), zone);
    let declaration = ModelFormDeclaration {
        fields: names(&context, model, item, "fields"),
        ..ModelFormDeclaration::default()
    };
    if let Some(fields) = &declaration.fields {
        check_editable(&context, model, item, fields, &[]);
    }
    model_form_definition(registry, model, &declaration, zone, |field| field)
}

/// The names in a list; those that are not fields of the model are reported.
fn names(context: &FormContext<'_>, model: &Model, item: &Item, key: &str) -> Option<Vec<String>> {
    let items = match &item.value {
        Value::String(all) if all == ALL_FIELDS && key != "exclude" => return None,
        Value::Array(items) => items.as_slice(),
        other => {
            let message = format!("`{key}` must be a list of names, not {}", other.type_name());
            let hint = format!("write `{key} = [\"title\"]`");
            context
                .problems
                .push(item.error("wrong-type", message).hint(hint));
            return Some(Vec::new());
        }
    };
    let names = items.iter().filter_map(|item| {
        let Some(name) = item.as_str() else {
            let message = format!("an item of `{key}` must be the name of a field");
            context.problems.push(item.error("wrong-type", message));
            return None;
        };
        check_field(context, model, item, name).then(|| name.to_owned())
    });
    Some(names.collect())
}

/// Whether the model has the field `name`; reported with the nearest name where it has not.
fn check_field(context: &FormContext<'_>, model: &Model, item: &Item, name: &str) -> bool {
    if model.field(name).is_some() {
        return true;
    }
    let known = || model.fields.iter().map(|field| field.name.as_str());
    let message = format!("`{name}` is not a field of `{}`", model.name);
    let otherwise = format!("its fields are {}", text::quoted(known()));
    let finding = item.error("unknown-field", message);
    context
        .problems
        .push(finding.suggest_or(name, known(), otherwise));
    false
}

/// Reports fields that a form cannot have, since nobody may edit them.
fn check_editable(
    context: &FormContext<'_>,
    model: &Model,
    item: &Item,
    fields: &[String],
    declared: &[FormField],
) {
    let Some(registry) = context.registry else {
        return;
    };
    for name in fields {
        let is_declared = declared.iter().any(|field| field.name == *name);
        let Some(field) = model.field(name).filter(|_| !is_declared) else {
            continue;
        };
        if form_field(registry, field, context.zone).is_none() {
            let message = format!("`{name}` cannot be edited, and so not be in a form");
            let place = match &item.value {
                Value::Array(items) => items.iter().find(|item| item.as_str() == Some(name)),
                _ => None,
            };
            let finding = place.unwrap_or(item).error("not-editable", message);
            context.problems.push(finding);
        }
    }
}

/// What the tables of [`CHANGES`] change.
fn changes(
    context: &FormContext<'_>,
    model: &Model,
    tables: &[Option<TableReader<'_>>; CHANGES.len()],
) -> Vec<FieldOverride> {
    let mut changes: Vec<FieldOverride> = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let entries = table.iter().flat_map(|table| table.source().entries());
        for entry in entries {
            if index == MESSAGES && entry.key == NO_FIELD {
                if entry.item.as_table().is_none() {
                    wrong_change(context, entry, index);
                }
                continue;
            }
            if !check_field(
                context,
                model,
                &Item::text("", entry.origin.clone()),
                &entry.key,
            ) {
                continue;
            }
            let change = change_of(&mut changes, &entry.key);
            match (index, entry.item.as_str(), entry.item.as_table()) {
                (0, _, _) => change.widget = widget(context, &entry.item),
                (4, Some(_), _) => {
                    change.class = field_of_class(context, &entry.key, &entry.item);
                }
                (1, Some(label), _) => change.label = Some(label.to_owned()),
                (2, Some(text), _) => change.help_text = Some(text.to_owned()),
                (MESSAGES, _, Some(table)) => change.messages = messages_of(context, table),
                _ => wrong_change(context, entry, index),
            }
        }
    }
    changes
}

/// Reports what one of [`CHANGES`] cannot be.
fn wrong_change(context: &FormContext<'_>, entry: &TableEntry, index: usize) {
    let expected = if index == MESSAGES {
        "a table of messages"
    } else {
        "a string"
    };
    let message = format!("`{}` must be {expected}", entry.key);
    let finding = entry.item.error("wrong-type", message);
    context.problems.push(finding);
}

/// Messages by the codes of the errors.
fn messages_of(context: &FormContext<'_>, table: &Table) -> Vec<(String, String)> {
    let messages = table.entries().iter();
    let messages = messages.filter_map(|entry| {
        let message = entry.item.as_str();
        if message.is_none() {
            let wrong = format!("the message of `{}` must be a string", entry.key);
            let finding = entry.item.error("wrong-type", wrong);
            context.problems.push(finding);
        }
        Some((entry.key.clone(), message?.to_owned()))
    });
    messages.collect()
}

fn change_of<'c>(changes: &'c mut Vec<FieldOverride>, name: &str) -> &'c mut FieldOverride {
    let place = changes.iter().position(|change| change.name == name);
    let place = place.unwrap_or_else(|| {
        changes.push(FieldOverride {
            name: name.to_owned(),
            ..FieldOverride::default()
        });
        changes.len() - 1
    });
    &mut changes[place]
}

fn changed(mut field: FormField, changes: &[FieldOverride]) -> FormField {
    let Some(change) = changes.iter().find(|change| change.name == field.name) else {
        return field;
    };
    if let Some(class) = &change.class {
        field = field.of_class(class);
    }
    if change.localize {
        field.widget = default_widget(&field, true);
    }
    if let Some(widget) = &change.widget {
        field.widget = widget.clone();
    }
    if let Some(label) = &change.label {
        field.label.clone_from(label);
    }
    if let Some(text) = &change.help_text {
        field.help_text.clone_from(text);
    }
    for (code, message) in &change.messages {
        field = field.message(code, message);
    }
    field
}
