//! A field: its kind, and the options every kind has.

use std::path::Path;

use crate::document::{Document, Item, Problems, Table, TableReader};
use crate::models::expression::read::db_default;
use crate::models::read::{ReadContext, kind, literal, validators};
use crate::models::{Field, FieldKind};
use crate::text;

/// The fields of the model `own`, in the order of the file.
pub fn fields(context: &ReadContext<'_>, table: &Table, own: &str) -> Vec<Field> {
    let mut found = Vec::new();
    for entry in table.entries() {
        let name = entry.key.as_str();
        if !is_field_name(name) && !is_composite_key(name, &entry.item) {
            let message = format!("`{name}` cannot name a field");
            let hint = match text::in_python_form(name) {
                Some(name) => format!("Python reads it as `{name}`: write it in that form (NFKC)"),
                None => {
                    "letters, digits and single `_` between them, as in `published_at`".to_owned()
                }
            };
            context
                .problems()
                .push(entry.error("bad-name", message).hint(hint));
        }
        let Some(options) = entry.item.as_table() else {
            let message =
                format!("the field `{name}` must be a table such as `{{ type = \"CharField\" }}`");
            context
                .problems()
                .push(entry.item.error("wrong-type", message));
            continue;
        };
        found.extend(field(context, name, options, own));
    }
    found
}

/// Django's rule: no `__`, which lookups need, and no `_` at the end.
fn is_field_name(name: &str) -> bool {
    text::is_identifier(name) && !name.contains("__") && !name.ends_with('_') && name != "pk"
}

/// `pk` is the name of a composite primary key, and of nothing else.
fn is_composite_key(name: &str, item: &Item) -> bool {
    let class = item.as_table().and_then(|table| table.get("type"));
    name == "pk" && class.and_then(Item::as_str) == Some("CompositePrimaryKey")
}

/// The field `name` of the model `own`.
pub fn field(context: &ReadContext<'_>, name: &str, options: &Table, own: &str) -> Option<Field> {
    let fields = options.reader(context.problems());
    // Which keys are known depends on the kind.
    let field = parse(context, name, &fields, own)?;
    fields.finish();
    Some(field)
}

/// The options a field of this class may have, in the order they are read.
pub fn known_options(class: &str) -> Vec<String> {
    let text = format!("type = '{class}'\n{REQUIRED}");
    let Ok(document) = Document::parse(Path::new("models.toml"), &text) else {
        return Vec::new();
    };
    let problems = Problems::default();
    let fields = document.root().reader(&problems);
    parse(
        &ReadContext::new("app", &problems),
        "name",
        &fields,
        "Model",
    );
    fields
        .requested()
        .into_iter()
        .map(ToOwned::to_owned)
        .collect()
}

/// What the kinds that need more than a type need.
const REQUIRED: &str = "to = 'app.Model'\non_delete = 'CASCADE'\nfields = ['a', 'b']\n\
    max_digits = 5\ndecimal_places = 2\ndb_persist = true\nexpression = 1\n\
    output_field = { type = 'IntegerField' }\n";

fn parse(
    context: &ReadContext<'_>,
    name: &str,
    fields: &TableReader<'_>,
    own: &str,
) -> Option<Field> {
    let kind = kind::kind(context, fields, own);
    // Options are read even where the kind is wrong, so that all mistakes are found.
    let known = kind.is_some();
    let kind = kind.unwrap_or(FieldKind::Boolean);
    let is_key = matches!(kind, FieldKind::CompositePrimaryKey { .. });
    let computed = is_key || matches!(kind, FieldKind::Generated { .. });
    let field = Field {
        name: name.to_owned(),
        null: fields.or("null", false),
        blank: fields.or("blank", computed),
        default: literal::default(fields, "default"),
        db_default: db_default(context, fields),
        unique: fields.or("unique", false),
        primary_key: fields.or("primary_key", is_key),
        db_index: fields.optional("db_index"),
        db_column: fields.optional("db_column"),
        db_collation: fields.optional("db_collation"),
        db_comment: fields.optional("db_comment"),
        choices: literal::choices(context, fields),
        verbose_name: fields.optional("verbose_name"),
        help_text: fields.or("help_text", String::new()),
        editable: fields.or("editable", !computed),
        error_messages: error_messages(fields),
        validators: validators(context, fields),
        auto_created: fields.or("auto_created", false),
        serialize: fields.or("serialize", true),
        unique_for_date: fields.optional("unique_for_date"),
        unique_for_month: fields.optional("unique_for_month"),
        unique_for_year: fields.optional("unique_for_year"),
        kind,
    };
    known.then_some(field)
}

fn error_messages(fields: &TableReader<'_>) -> Vec<(String, String)> {
    let Some(table) = fields
        .item("error_messages")
        .and_then(|item| item.as_table())
    else {
        return Vec::new();
    };
    let messages = table.reader(fields.problems());
    let entries = table.entries().iter();
    entries
        .filter_map(|entry| Some((entry.key.clone(), messages.optional(&entry.key)?)))
        .collect()
}
