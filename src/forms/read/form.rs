//! A form of `forms.toml`.

use std::sync::Arc;

use crate::apps::Apps;
use crate::clock::Zone;
use crate::diagnostic::Finding;
use crate::document::{Item, Problems, TableEntry};
use crate::forms::catalogue::Forms;
use crate::forms::code::FormCode;
use crate::forms::definition::FormDefinition;
use crate::forms::read::FormContext;
use crate::forms::read::field::fields;
use crate::forms::read::form_set::read_form_set;
use crate::forms::read::model_form::model_form;
use crate::models::Registry;
use crate::text;

/// The file of an app that declares forms.
pub const FORMS_FILE: &str = "forms.toml";

/// Reads the forms of all `apps`; what is wrong with them goes to `problems`.
///
/// Without a `registry`, which is so where the models could not be read, names of models are not looked up.
pub fn load_forms(
    apps: &Apps,
    registry: Option<&Registry>,
    zone: &Zone,
    find_code: &FindFormCode<'_>,
    problems: &Problems,
) -> Forms {
    let mut forms = Forms::default();
    let mut documents = Vec::new();
    for app in apps.iter() {
        let document = problems.take(app.document(FORMS_FILE)).flatten();
        documents.extend(document.map(|document| (app, document)));
    }
    for (app, document) in &documents {
        for entry in document
            .root()
            .entries()
            .iter()
            .filter(|entry| !is_form_set(entry))
        {
            let context = FormContext::new(app.label.as_str(), problems, registry, zone);
            match form(&context, entry, find_code) {
                Some(form) => forms.add(form),
                None => forms.add_unread(format!("{}.{}", app.label, entry.key)),
            }
        }
    }
    // A set may be of a form of any app.
    for (app, document) in &documents {
        for entry in document
            .root()
            .entries()
            .iter()
            .filter(|entry| is_form_set(entry))
        {
            let context = FormContext::new(app.label.as_str(), problems, registry, zone);
            read_form_set(&context, entry, &mut forms);
        }
    }
    forms
}

fn is_form_set(entry: &TableEntry) -> bool {
    let table = entry.item.as_table();
    table.is_some_and(|table| table.get("form").is_some())
}

/// Finds the class of a project that cleans a form with fields of these names, by its dotted name.
pub type FindFormCode<'f> = dyn Fn(&str, &[&str]) -> Result<Arc<dyn FormCode>, Finding> + 'f;

fn form(
    context: &FormContext<'_>,
    entry: &TableEntry,
    find_code: &FindFormCode<'_>,
) -> Option<Arc<FormDefinition>> {
    let name = format!("{}.{}", context.app_label, entry.key);
    if !text::is_identifier(&entry.key) {
        let message = format!("`{}` cannot name a form", entry.key);
        context.problems.push(entry.error("bad-name", message));
    }
    let Some(table) = entry.item.as_table() else {
        let message = format!("the form `{}` must be a table", entry.key);
        context
            .problems
            .push(entry.item.error("wrong-type", message));
        return None;
    };
    let reader = table.reader(context.problems);
    let mut definition = if table.get("model").is_some() {
        model_form(context, &reader)?
    } else {
        let own = reader.table("fields");
        let own = own.map(|own| fields(context, own.source()));
        FormDefinition::new("", own.unwrap_or_default()).zone(context.zone)
    };
    definition.name.clone_from(&name);
    definition.prefix = reader.or("prefix", String::new());
    definition.label_suffix = reader.or("label_suffix", definition.label_suffix.clone());
    definition.error_css_class = reader.optional("error_css_class");
    definition.required_css_class = reader.optional("required_css_class");
    let order: Vec<String> = reader.or("field_order", Vec::new());
    if let Some(item) = reader.item("class") {
        definition.code = code(context, item, &definition, find_code);
    }
    reader.finish();
    if !order.is_empty() {
        definition.order_fields(&order);
    }
    Some(Arc::new(definition))
}

/// The class that cleans a form further.
fn code(
    context: &FormContext<'_>,
    item: &Item,
    definition: &FormDefinition,
    find_code: &FindFormCode<'_>,
) -> Option<Arc<dyn FormCode>> {
    let Some(name) = item.as_str() else {
        let message = "`class` is the dotted name of a class: `contact.forms.ContactForm`";
        context.problems.push(item.error("wrong-type", message));
        return None;
    };
    let fields: Vec<_> = definition.field_names().collect();
    let found = find_code(name, &fields);
    found
        .map_err(|finding| {
            let location = finding.location.clone();
            let location = location.unwrap_or_else(|| item.origin.location());
            context.problems.push(finding.at(location));
        })
        .ok()
}
