//! The validators of a field: a closed list, with the parameters each takes.

use crate::document::{Item, Table, TableEntry, TableReader, Value};
use crate::models::Validator;
use crate::models::read::{ReadContext, literal, unknown_name};
use crate::text;

/// Every validator and its parameters; the first one may stand alone, and has to be given.
pub const VALIDATORS: [(&str, &[&str]); 22] = [
    ("ascii_username", &[]),
    ("unicode_username", &[]),
    ("validate_comma_separated_integer_list", &[]),
    ("validate_domain_name", &[]),
    ("validate_email", &[]),
    ("validate_image_file_extension", &[]),
    ("validate_integer", &[]),
    ("validate_ipv4_address", &[]),
    ("validate_ipv6_address", &[]),
    ("validate_ipv46_address", &[]),
    ("validate_slug", &[]),
    ("validate_unicode_slug", &[]),
    ("DecimalValidator", &["max_digits", "decimal_places"]),
    ("EmailValidator", &["allowlist", "message", "code"]),
    (
        "FileExtensionValidator",
        &["allowed_extensions", "message", "code"],
    ),
    ("MaxLengthValidator", &["limit_value", "message"]),
    ("MaxValueValidator", &["limit_value", "message"]),
    ("MinLengthValidator", &["limit_value", "message"]),
    ("MinValueValidator", &["limit_value", "message"]),
    (
        "RegexValidator",
        &["regex", "message", "code", "inverse_match"],
    ),
    ("StepValueValidator", &["limit_value", "message", "offset"]),
    ("URLValidator", &["schemes", "message", "code"]),
];

/// The validators: `["validate_slug", { MinValueValidator = 1 }]`.
pub fn validators(context: &ReadContext<'_>, fields: &TableReader<'_>) -> Vec<Validator> {
    let Some(item) = fields.item("validators") else {
        return Vec::new();
    };
    let Value::Array(items) = &item.value else {
        let message = "`validators` must be a list".to_owned();
        let hint = r#"write `validators = ["validate_slug", { MinValueValidator = 1 }]`"#;
        context.report(item, "wrong-type", message, hint);
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| validator(context, item))
        .collect()
}

fn validator(context: &ReadContext<'_>, item: &Item) -> Option<Validator> {
    let entries = item.as_table().map(Table::entries);
    match (item.as_str(), entries) {
        (Some(name), _) => {
            let (name, parameters) = known(context, item, name)?;
            if let Some(first) = parameters.first() {
                let message = format!("`{name}` needs a value");
                let hint = format!("write `{{ {name} = .. }}` with its `{first}`");
                context.report(item, "wrong-validator", message, &hint);
                return None;
            }
            Some(Validator {
                name,
                arguments: Vec::new(),
            })
        }
        (_, Some([entry])) => with_arguments(context, entry),
        _ => {
            let message = "a validator is a name, or a table of its name and value".to_owned();
            context.report(
                item,
                "wrong-type",
                message,
                "write `{ MinValueValidator = 1 }`",
            );
            None
        }
    }
}

fn with_arguments(context: &ReadContext<'_>, entry: &TableEntry) -> Option<Validator> {
    let (name, parameters) = known(context, &entry.item, &entry.key)?;
    let Some(first) = parameters.first() else {
        let message = format!("`{name}` takes no value");
        let hint = format!("write `\"{name}\"` alone");
        context.report(&entry.item, "wrong-validator", message, &hint);
        return None;
    };
    let Some(table) = entry.item.as_table() else {
        check_argument(context, name, first, &entry.item);
        let arguments = vec![((*first).to_owned(), literal(&entry.item))];
        return Some(Validator { name, arguments });
    };
    for argument in table.entries() {
        if !parameters.contains(&argument.key.as_str()) {
            let message = format!("`{name}` takes no `{}`", argument.key);
            let known = text::quoted(parameters.iter().copied());
            let finding = argument.error("unknown-key", message);
            context
                .problems()
                .push(finding.hint(format!("it takes {known}")));
            return None;
        }
        check_argument(context, name, &argument.key, &argument.item);
    }
    if table.get(first).is_none() {
        let message = format!("`{name}` needs a `{first}`");
        let hint = format!("write `{{ {name} = {{ {first} = .. }} }}`");
        context.report(&entry.item, "wrong-validator", message, &hint);
    }
    let arguments = table.entries().iter();
    let arguments = arguments.map(|entry| (entry.key.clone(), literal(&entry.item)));
    Some(Validator {
        name,
        arguments: arguments.collect(),
    })
}

/// Reports an argument that a validator could not work with.
fn check_argument(context: &ReadContext<'_>, name: &str, parameter: &str, item: &Item) {
    let is_texts = |items: &[Item]| items.iter().all(|item| item.as_str().is_some());
    let value = &item.value;
    let is_number = matches!(value, Value::Integer(_) | Value::Float(_));
    let (sound, wanted, example) = match parameter {
        "limit_value" if name.contains("Length") => (is_count(value), "a length", "10"),
        "limit_value" if name.starts_with("Step") => (is_number, "a number", "1"),
        "limit_value" => {
            let is_moment = matches!(value, Value::Datetime(_) | Value::String(_));
            (is_number || is_moment, "a number or a moment", "1")
        }
        "offset" => (is_number, "a number", "1"),
        "max_digits" | "decimal_places" => (is_count(value), "a number of digits", "2"),
        "inverse_match" => (
            matches!(value, Value::Boolean(_)),
            "`true` or `false`",
            "true",
        ),
        "allowlist" | "allowed_extensions" | "schemes" => {
            let sound = matches!(value, Value::Array(items) if is_texts(items));
            (sound, "a list of texts", r#"["a", "b"]"#)
        }
        _ => (matches!(value, Value::String(_)), "a text", r#""a""#),
    };
    if !sound {
        let message = format!("`{parameter}` of `{name}` must be {wanted}");
        context.report(
            item,
            "wrong-type",
            message,
            &format!("write `{{ {name} = {{ {parameter} = {example} }} }}`"),
        );
    }
}

fn is_count(value: &Value) -> bool {
    matches!(value, Value::Integer(0..))
}

fn known(
    context: &ReadContext<'_>,
    item: &Item,
    name: &str,
) -> Option<(&'static str, &'static [&'static str])> {
    let found = VALIDATORS.iter().find(|(known, _)| *known == name);
    if found.is_none() {
        let names = VALIDATORS.iter().map(|(name, _)| *name);
        context
            .problems()
            .push(unknown_name(item, "validator", name, names));
    }
    found.copied()
}
