//! The validators of a field: a closed list, with the parameters each takes.

use crate::document::{Entry, Fields, Item, Table, Value};
use crate::models::Validator;
use crate::models::read::{Context, literal, unknown_name};
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
pub(super) fn validators(context: &Context<'_>, fields: &Fields<'_>) -> Vec<Validator> {
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

fn validator(context: &Context<'_>, item: &Item) -> Option<Validator> {
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

fn with_arguments(context: &Context<'_>, entry: &Entry) -> Option<Validator> {
    let (name, parameters) = known(context, &entry.item, &entry.key)?;
    let Some(first) = parameters.first() else {
        let message = format!("`{name}` takes no value");
        let hint = format!("write `\"{name}\"` alone");
        context.report(&entry.item, "wrong-validator", message, &hint);
        return None;
    };
    let Some(table) = entry.item.as_table() else {
        let arguments = vec![((*first).to_owned(), literal::literal(&entry.item))];
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
        }
    }
    let arguments = table.entries().iter();
    let arguments = arguments.map(|entry| (entry.key.clone(), literal::literal(&entry.item)));
    Some(Validator {
        name,
        arguments: arguments.collect(),
    })
}

fn known(
    context: &Context<'_>,
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
