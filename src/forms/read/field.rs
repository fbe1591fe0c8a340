//! The fields of `forms.toml`.

use std::path::Path;
use std::sync::Arc;

use crate::clock::{Date, Moment, TimeOfDay, Zone};
use crate::document::{Document, Item, Problems, Table, TableReader, Value};
use crate::forms::field::{
    Coercion, FIELD_CLASSES, FieldLimits, FileLimits, FormField, FormFieldKind, FormInitial,
    MultiValue,
};
use crate::forms::form_value::FormValue;
use crate::forms::read::FormContext;
use crate::forms::read::choices::{choices, path_choices};
use crate::forms::read::error_messages::{check_messages, messages};
use crate::forms::read::model_choices::model_choices;
use crate::forms::read::widget::{default_widget, widget};
use crate::forms::validator::FormValidator;
use crate::forms::validator::literal_value;
use crate::models::read::{ReadContext, unknown_name, validators};
use crate::models::{DefaultFunction, FieldDefault, IpProtocol, read};
use crate::text::{self, PythonPattern};
use crate::values::{Decimal, FieldValue, Uuid, parse_duration};

/// The fields of a table, in its order.
pub(in crate::forms) fn fields(context: &FormContext<'_>, table: &Table) -> Vec<FormField> {
    let mut found = Vec::new();
    for entry in table.entries() {
        if !text::is_identifier(&entry.key) {
            let message = format!("`{}` cannot name a field", entry.key);
            let finding = entry.error("bad-name", message);
            let hint = "letters, digits and `_`, as in `email_address`";
            context.problems.push(finding.hint(hint));
        }
        let Some(options) = entry.item.as_table() else {
            let message = format!(
                "the field `{}` must be a table such as `{{ type = \"CharField\" }}`",
                entry.key
            );
            context
                .problems
                .push(entry.item.error("wrong-type", message));
            continue;
        };
        if let Some(field) = field(context, &entry.key, options) {
            check_messages(context, options, &field, &[]);
            found.push(field);
        }
    }
    found
}

/// The field `name`.
pub(super) fn field(context: &FormContext<'_>, name: &str, table: &Table) -> Option<FormField> {
    let fields = table.reader(context.problems);
    let field = parse(context, name, &fields)?;
    fields.finish();
    Some(field)
}

/// A field of the class that `item` names, with none of its options; reported where it cannot be one.
pub(super) fn field_of_class(
    context: &FormContext<'_>,
    name: &str,
    item: &Item,
) -> Option<FormField> {
    let table = Table::empty(item.origin.clone()).with_item("type", item.clone());
    field(context, name, &table)
}

/// The options that a field of this class may have, in the order in which they are read.
pub fn known_field_options(class: &str) -> Vec<String> {
    let text = format!("type = '{class}'\n{REQUIRED}");
    let Ok(document) = Document::parse(Path::new("forms.toml"), &text) else {
        return Vec::new();
    };
    let problems = Problems::default();
    let context = FormContext::alone(&problems);
    let fields = document.root().reader(&problems);
    parse(&context, "name", &fields);
    let requested = fields.requested().into_iter();
    requested.map(ToOwned::to_owned).collect()
}

/// What the classes that need more than a type need.
const REQUIRED: &str = "regex = 'a'\nfields = []\npath = '/'\nmodel = 'app.Model'\n";

fn parse(context: &FormContext<'_>, name: &str, fields: &TableReader<'_>) -> Option<FormField> {
    let kind = kind(context, fields);
    // Options are read even where the class is wrong, so that all mistakes are found.
    let is_known = kind.is_some();
    let kind = kind.unwrap_or(FormFieldKind::Char);
    let mut field = FormField::new(name, kind);
    field.limits = limits(&field, fields);
    if field.kind.is_text() {
        field.strip = fields.or("strip", field.strip);
        field.empty_is_null = fields.or("empty_is_null", false);
    }
    if field.kind.has_choices() {
        field.choices = Arc::new(choices(context, fields));
    }
    if let FormFieldKind::TypedChoice(_) = field.kind {
        field.empty_is_null = fields.or("empty_is_null", false);
    }
    field.required = fields.or("required", true);
    if let FormFieldKind::FilePath = field.kind {
        field.choices = Arc::new(path_choices(context, fields, field.required));
    }
    if let FormFieldKind::ModelChoice(rows) = &mut field.kind {
        let has_initial = fields.source().get("initial").is_some();
        if field.required && has_initial {
            rows.empty_label = None;
        }
    }
    common(context, fields, &mut field);
    is_known.then_some(field)
}

/// What fields of all classes have.
fn common(context: &FormContext<'_>, fields: &TableReader<'_>, field: &mut FormField) {
    let localize = fields.or("localize", false);
    field.widget = match fields.item("widget") {
        Some(item) => widget(context, item).unwrap_or_else(|| field.widget.clone()),
        None => default_widget(field, localize),
    };
    if let Some(label) = fields.optional::<String>("label") {
        field.label = label;
    }
    field.label_suffix = fields.optional("label_suffix");
    field.help_text = fields.or("help_text", String::new());
    field.disabled = fields.or("disabled", false);
    field.show_hidden_initial = fields.or("show_hidden_initial", false);
    let reading = ReadContext::new(context.app_label, context.problems);
    let declared = validators(&reading, fields).into_iter();
    field.validators = declared
        .filter_map(|declared| FormValidator::of(&declared))
        .collect();
    for (code, message) in messages(fields) {
        *field = field.clone().message(&code, &message);
    }
    if fields.item("initial").is_some()
        && let Some(initial) = read_initial(field, fields, "initial", context.zone)
    {
        field.initial = initial;
    }
}

/// What `field` starts with by the key `key`: a value, or `{ function = "now" }`; reported where it does not fit.
pub fn read_initial<'t>(
    field: &FormField,
    fields: &TableReader<'t>,
    key: &'t str,
    zone: &Zone,
) -> Option<FormInitial> {
    let item = fields.item(key)?;
    let initial = read::default(fields, key)?;
    let found = initial_of(field, &initial, zone);
    if found.is_none() {
        let class = text::with_article(field.kind.class_name());
        let message = format!("`{key}` does not fit {class}");
        fields.problems().push(item.error("wrong-initial", message));
    }
    found
}

fn limits(field: &FormField, fields: &TableReader<'_>) -> FieldLimits {
    let mut limits = field.limits.clone();
    if field.kind.is_text() {
        limits.max_length = fields.optional("max_length").or(limits.max_length);
        limits.min_length = fields.optional("min_length");
    }
    if field.kind.is_number() {
        let value = |key| {
            let item = fields.item(key)?;
            if let Value::Integer(_) | Value::Float(_) | Value::String(_) = item.value {
                return literal_value(&read::literal(item));
            }
            let message = format!("`{key}` must be a number");
            fields.problems().push(item.error("wrong-type", message));
            None
        };
        limits.max_value = value("max_value");
        limits.min_value = value("min_value");
        limits.step_size = value("step_size");
    }
    if let FormFieldKind::Decimal = field.kind {
        limits.max_digits = fields.optional("max_digits");
        limits.decimal_places = fields.optional("decimal_places");
    }
    limits
}

fn kind(context: &FormContext<'_>, fields: &TableReader<'_>) -> Option<FormFieldKind> {
    let place = fields.source().get("type");
    let class: String = fields.required("type")?;
    let formats = |key| fields.optional::<Vec<String>>(key).unwrap_or_default();
    Some(match class.as_str() {
        "BooleanField" => FormFieldKind::Boolean,
        "NullBooleanField" => FormFieldKind::NullBoolean,
        "CharField" => FormFieldKind::Char,
        "ChoiceField" => FormFieldKind::Choice,
        "TypedChoiceField" => FormFieldKind::TypedChoice(coercion(fields)),
        "MultipleChoiceField" => FormFieldKind::MultipleChoice,
        "TypedMultipleChoiceField" => FormFieldKind::TypedMultipleChoice(coercion(fields)),
        "DateField" => FormFieldKind::Date {
            input_formats: formats("input_formats"),
        },
        "DateTimeField" => FormFieldKind::DateTime {
            input_formats: formats("input_formats"),
        },
        "TimeField" => FormFieldKind::Time {
            input_formats: formats("input_formats"),
        },
        "DurationField" => FormFieldKind::Duration,
        "DecimalField" => FormFieldKind::Decimal,
        "FloatField" => FormFieldKind::Float,
        "IntegerField" => FormFieldKind::Integer,
        "EmailField" => FormFieldKind::Email,
        "URLField" => FormFieldKind::Url {
            assume_scheme: fields.or("assume_scheme", "http".to_owned()),
        },
        "SlugField" => FormFieldKind::Slug {
            allow_unicode: fields.or("allow_unicode", false),
        },
        "RegexField" => FormFieldKind::Regex(pattern(context, fields)?),
        "GenericIPAddressField" => FormFieldKind::GenericIpAddress {
            protocol: protocol(fields),
            unpack_ipv4: fields.or("unpack_ipv4", false),
        },
        "UUIDField" => FormFieldKind::Uuid,
        "JSONField" => FormFieldKind::Json,
        "FileField" => FormFieldKind::File(file_limits(fields)),
        "ImageField" => FormFieldKind::Image(file_limits(fields)),
        "FilePathField" => FormFieldKind::FilePath,
        "ComboField" => FormFieldKind::Combo(inner_fields(context, fields)),
        "MultiValueField" => FormFieldKind::MultiValue(MultiValue {
            fields: inner_fields(context, fields),
            require_all_fields: fields.or("require_all_fields", true),
            separator: fields.or("separator", " ".to_owned()),
        }),
        "SplitDateTimeField" => split_date_time(fields),
        "ModelChoiceField" => {
            FormFieldKind::ModelChoice(Box::new(model_choices(context, fields, false)?))
        }
        "ModelMultipleChoiceField" => {
            FormFieldKind::ModelMultipleChoice(Box::new(model_choices(context, fields, true)?))
        }
        unknown => {
            let names = FIELD_CLASSES.iter().copied();
            let finding = unknown_name(place?, "field of a form", unknown, names);
            context.problems.push(finding);
            return None;
        }
    })
}

fn coercion(fields: &TableReader<'_>) -> Coercion {
    let place = fields.source().get("coerce");
    let Some(name) = fields.optional::<String>("coerce") else {
        return Coercion::default();
    };
    let found = Coercion::named(&name);
    if let (None, Some(item)) = (found, place) {
        let names = Coercion::NAMES.iter().copied();
        fields
            .problems()
            .push(unknown_name(item, "coerce", &name, names));
    }
    found.unwrap_or_default()
}

fn protocol(fields: &TableReader<'_>) -> IpProtocol {
    let names = [
        ("both", IpProtocol::Both),
        ("IPv4", IpProtocol::Ipv4),
        ("ipv4", IpProtocol::Ipv4),
        ("IPv6", IpProtocol::Ipv6),
        ("ipv6", IpProtocol::Ipv6),
    ];
    read::one_of(fields, "protocol", &names).unwrap_or(IpProtocol::Both)
}

fn pattern(context: &FormContext<'_>, fields: &TableReader<'_>) -> Option<PythonPattern> {
    let place = fields.source().get("regex");
    let text: String = fields.required("regex")?;
    let parsed = PythonPattern::parse(&text);
    let report = |error: &dyn std::fmt::Display| {
        let message = format!("`regex` cannot be used: {error}");
        if let Some(item) = place {
            context.problems.push(item.error("wrong-pattern", message));
        }
    };
    parsed.map_err(|error| report(&error)).ok()
}

fn file_limits(fields: &TableReader<'_>) -> FileLimits {
    FileLimits {
        max_length: fields.optional("max_length"),
        allow_empty_file: fields.or("allow_empty_file", false),
        max_size: fields.optional("max_size"),
        content_types: fields.or("content_types", Vec::new()),
    }
}

/// The fields of a field: a list of tables.
fn inner_fields(context: &FormContext<'_>, fields: &TableReader<'_>) -> Vec<FormField> {
    let items = fields.required::<Vec<Item>>("fields").unwrap_or_default();
    let tables = items.iter().enumerate().filter_map(|(index, item)| {
        let Some(table) = item.as_table() else {
            let message = "an item of `fields` must be a table such as `{ type = \"CharField\" }`";
            context.problems.push(item.error("wrong-type", message));
            return None;
        };
        let part = field(context, &index.to_string(), table)?;
        check_messages(context, table, &part, &["incomplete"]);
        Some(part)
    });
    tables.collect()
}

fn split_date_time(fields: &TableReader<'_>) -> FormFieldKind {
    let formats = |key| fields.optional::<Vec<String>>(key).unwrap_or_default();
    let mut day = FormField::new(
        "date",
        FormFieldKind::Date {
            input_formats: formats("input_date_formats"),
        },
    );
    let mut time = FormField::new(
        "time",
        FormFieldKind::Time {
            input_formats: formats("input_time_formats"),
        },
    );
    let own = fields
        .source()
        .get("error_messages")
        .and_then(Item::as_table);
    let own = |code| own.and_then(|own| own.get(code)).and_then(Item::as_str);
    if let Some(message) = own("invalid_date") {
        day = day.message("invalid", message);
    }
    if let Some(message) = own("invalid_time") {
        time = time.message("invalid", message);
    }
    FormFieldKind::SplitDateTime(MultiValue {
        fields: vec![day, time],
        require_all_fields: fields.or("require_all_fields", true),
        separator: " ".to_owned(),
    })
}

/// What a field starts with.
pub(in crate::forms) fn initial_of(
    field: &FormField,
    initial: &FieldDefault,
    zone: &Zone,
) -> Option<FormInitial> {
    let literal = match initial {
        FieldDefault::Value(literal) => literal,
        FieldDefault::Function(function) => {
            return match function {
                DefaultFunction::Now => Some(FormInitial::Now),
                DefaultFunction::Today => Some(FormInitial::Today),
                DefaultFunction::Uuid4 => Some(FormInitial::RandomUuid),
                DefaultFunction::Dict | DefaultFunction::List => None,
            };
        }
    };
    let is_list = field.kind.holds_list();
    let value = match literal {
        crate::models::Literal::List(items) if is_list => {
            let values: Option<Vec<_>> = items.iter().map(literal_text).collect();
            FormValue::List(values?)
        }
        _ if is_list => return None,
        literal => FormValue::Value(value_of(field, literal, zone)?),
    };
    Some(FormInitial::Value(value))
}

fn literal_text(literal: &crate::models::Literal) -> Option<FieldValue> {
    match literal {
        crate::models::Literal::String(text) => Some(FieldValue::Text(text.clone())),
        literal => literal_value(literal),
    }
}

fn value_of(
    field: &FormField,
    literal: &crate::models::Literal,
    zone: &Zone,
) -> Option<FieldValue> {
    use crate::models::Literal;
    let written = match literal {
        Literal::String(text) | Literal::Datetime(text) => Some(text.as_str()),
        _ => None,
    };
    match (&field.kind, written) {
        (FormFieldKind::Json, _) => json_value(literal),
        (FormFieldKind::Date { .. }, Some(text)) => Date::parse(text).map(FieldValue::Date),
        (FormFieldKind::Time { .. }, Some(text)) => TimeOfDay::parse(text).map(FieldValue::Time),
        (FormFieldKind::DateTime { .. } | FormFieldKind::SplitDateTime(_), Some(text)) => {
            Moment::parse(text, zone).map(FieldValue::Moment)
        }
        (FormFieldKind::Duration, Some(text)) => parse_duration(text).map(FieldValue::Duration),
        (FormFieldKind::Uuid, Some(text)) => Uuid::parse(text).map(FieldValue::Uuid),
        (FormFieldKind::Decimal, Some(text)) => Decimal::parse(text).map(FieldValue::Decimal),
        (_, Some(text)) => Some(FieldValue::Text(text.to_owned())),
        (_, None) => literal_value(literal),
    }
}

fn json_value(literal: &crate::models::Literal) -> Option<FieldValue> {
    crate::values::from_literal(&crate::models::FieldKind::Json, literal, &Zone::utc())
}
