//! A form of `forms.toml`.

use std::sync::Arc;

use crate::apps::Apps;
use crate::clock::Zone;
use crate::document::{Problems, Table, TableEntry};
use crate::forms::catalogue::Forms;
use crate::forms::definition::FormDefinition;
use crate::forms::read::FormContext;
use crate::forms::read::field::fields;
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
    problems: &Problems,
) -> Forms {
    let mut forms = Forms::default();
    for app in apps.iter() {
        let context = FormContext::new(app.label.as_str(), problems, registry, zone);
        if let Some(document) = problems.take(app.document(FORMS_FILE)).flatten() {
            read_forms(&context, document.root(), &mut forms);
        }
    }
    forms
}

/// Adds the forms of a file to `forms`.
fn read_forms(context: &FormContext<'_>, root: &Table, forms: &mut Forms) {
    for entry in root.entries() {
        if let Some(form) = form(context, entry) {
            forms.add(form);
        }
    }
}

fn form(context: &FormContext<'_>, entry: &TableEntry) -> Option<Arc<FormDefinition>> {
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
    let own = reader.item("fields").and_then(|item| item.as_table());
    let own = own.map(|table| fields(context, table)).unwrap_or_default();
    let mut definition = FormDefinition::new(&name, own).zone(context.zone);
    definition.prefix = reader.or("prefix", String::new());
    definition.label_suffix = reader.or("label_suffix", definition.label_suffix.clone());
    definition.error_css_class = reader.optional("error_css_class");
    definition.required_css_class = reader.optional("required_css_class");
    let order: Vec<String> = reader.or("field_order", Vec::new());
    reader.finish();
    definition.order_fields(&order);
    Some(Arc::new(definition))
}
