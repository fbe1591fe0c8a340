//! A field as an inline table.

use crate::models::expression::write::{argument, condition, operand};
use crate::models::write::inline;
use crate::models::write::value::{literal, text, texts};
use crate::models::{
    AutoNow, Choice, DefaultFunction, Field, FieldDefault, FieldKind, IpProtocol, ManyToMany,
    OnDelete, Relation, Validator,
};

/// A field as an inline table.
pub fn field_table(field: &Field) -> String {
    inline(&field_entries(field))
}

/// The options of a field that are not as usual, its type first.
pub fn field_entries(field: &Field) -> Vec<(String, String)> {
    let mut entries = Entries::default();
    entries.push("type", text(field.kind.class_name()));
    kind(&mut entries, &field.kind);
    let usual = Field::new("", field.kind.clone());
    entries.flag("null", field.null, usual.null);
    let is_key = matches!(field.kind, FieldKind::CompositePrimaryKey { .. });
    let computed = is_key || field.generated().is_some();
    entries.flag("blank", field.blank, computed);
    entries.some("default", field.default.as_ref().map(default));
    entries.some("db_default", field.db_default.as_ref().map(operand));
    entries.flag("unique", field.unique, false);
    entries.flag("primary_key", field.primary_key, is_key);
    entries.some("db_index", field.db_index.map(|value| value.to_string()));
    entries.text("db_column", field.db_column.as_ref());
    entries.text("db_collation", field.db_collation.as_ref());
    entries.text("db_comment", field.db_comment.as_ref());
    if !field.choices.is_empty() {
        let choices: Vec<_> = field.choices.iter().map(choice).collect();
        entries.push("choices", format!("[{}]", choices.join(", ")));
    }
    entries.flag("editable", field.editable, !computed);
    if !field.validators.is_empty() {
        let validators: Vec<_> = field.validators.iter().map(validator).collect();
        entries.push("validators", format!("[{}]", validators.join(", ")));
    }
    entries.text("unique_for_date", field.unique_for_date.as_ref());
    entries.text("unique_for_month", field.unique_for_month.as_ref());
    entries.text("unique_for_year", field.unique_for_year.as_ref());
    entries.flag("auto_created", field.auto_created, false);
    entries.flag("serialize", field.serialize, true);
    entries.text("verbose_name", field.verbose_name.as_ref());
    if !field.help_text.is_empty() {
        entries.push("help_text", text(&field.help_text));
    }
    if !field.error_messages.is_empty() {
        let messages = field.error_messages.iter();
        let messages: Vec<_> = messages
            .map(|(code, message)| (code.clone(), text(message)))
            .collect();
        entries.push("error_messages", inline(&messages));
    }
    entries.0
}

#[derive(Default)]
struct Entries(Vec<(String, String)>);

impl Entries {
    fn push(&mut self, key: &str, value: String) {
        self.0.push((key.to_owned(), value));
    }

    fn some(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value {
            self.push(key, value);
        }
    }

    fn text(&mut self, key: &str, value: Option<&String>) {
        self.some(key, value.map(|value| text(value)));
    }

    fn flag(&mut self, key: &str, value: bool, usual: bool) {
        self.some(key, (value != usual).then(|| value.to_string()));
    }

    fn length(&mut self, max_length: u64, usual: u64) {
        let length = (max_length != usual).then(|| max_length.to_string());
        self.some("max_length", length);
    }
}

fn kind(entries: &mut Entries, kind: &FieldKind) {
    match kind {
        FieldKind::Binary { max_length }
        | FieldKind::Char { max_length }
        | FieldKind::Text { max_length } => {
            entries.some("max_length", max_length.map(|length| length.to_string()));
        }
        FieldKind::Date(stamp) | FieldKind::DateTime(stamp) | FieldKind::Time(stamp) => {
            let AutoNow {
                auto_now,
                auto_now_add,
            } = *stamp;
            entries.flag("auto_now", auto_now, false);
            entries.flag("auto_now_add", auto_now_add, false);
        }
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        } => {
            entries.push("max_digits", max_digits.to_string());
            entries.push("decimal_places", decimal_places.to_string());
        }
        FieldKind::Email { max_length } => entries.length(*max_length, 254),
        FieldKind::Url { max_length } => entries.length(*max_length, 200),
        FieldKind::Slug {
            max_length,
            allow_unicode,
        } => {
            entries.length(*max_length, 50);
            entries.flag("allow_unicode", *allow_unicode, false);
        }
        FieldKind::GenericIpAddress {
            protocol,
            unpack_ipv4,
        } => {
            let name = match protocol {
                IpProtocol::Both => None,
                IpProtocol::Ipv4 => Some("IPv4"),
                IpProtocol::Ipv6 => Some("IPv6"),
            };
            entries.some("protocol", name.map(text));
            entries.flag("unpack_ipv4", *unpack_ipv4, false);
        }
        FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation) => {
            reference(entries, relation);
        }
        FieldKind::ManyToMany(relation) => many_to_many(entries, relation),
        FieldKind::Generated {
            expression,
            output_field,
            db_persist,
        } => {
            entries.push("expression", argument(expression));
            entries.push("output_field", field_table(output_field));
            entries.push("db_persist", db_persist.to_string());
        }
        FieldKind::CompositePrimaryKey { fields } => entries.push("fields", texts(fields)),
        _ => files(entries, kind),
    }
}

fn files(entries: &mut Entries, kind: &FieldKind) {
    let upload_to = |entries: &mut Entries, path: &String| {
        entries.some("upload_to", (!path.is_empty()).then(|| text(path)));
    };
    match kind {
        FieldKind::File {
            upload_to: path,
            max_length,
            storage,
        } => {
            upload_to(entries, path);
            entries.length(*max_length, 100);
            entries.text("storage", storage.as_ref());
        }
        FieldKind::Image {
            upload_to: path,
            max_length,
            storage,
            width_field,
            height_field,
        } => {
            upload_to(entries, path);
            entries.length(*max_length, 100);
            entries.text("storage", storage.as_ref());
            entries.text("width_field", width_field.as_ref());
            entries.text("height_field", height_field.as_ref());
        }
        FieldKind::FilePath {
            path,
            pattern,
            recursive,
            allow_files,
            allow_folders,
            max_length,
        } => {
            entries.some("path", (!path.is_empty()).then(|| text(path)));
            entries.text("match", pattern.as_ref());
            entries.flag("recursive", *recursive, false);
            entries.flag("allow_files", *allow_files, true);
            entries.flag("allow_folders", *allow_folders, false);
            entries.length(*max_length, 100);
        }
        _ => {}
    }
}

fn reference(entries: &mut Entries, relation: &Relation) {
    entries.push("to", text(&relation.to.to_string()));
    let on_delete = match &relation.on_delete {
        OnDelete::Cascade => text("CASCADE"),
        OnDelete::Protect => text("PROTECT"),
        OnDelete::Restrict => text("RESTRICT"),
        OnDelete::SetNull => text("SET_NULL"),
        OnDelete::SetDefault => text("SET_DEFAULT"),
        OnDelete::DoNothing => text("DO_NOTHING"),
        OnDelete::Set(value) => format!("{{ SET = {} }}", default(value)),
    };
    entries.push("on_delete", on_delete);
    entries.text("to_field", relation.to_field.as_ref());
    entries.text("related_name", relation.related_name.as_ref());
    entries.text("related_query_name", relation.related_query_name.as_ref());
    entries.some(
        "limit_choices_to",
        relation.limit_choices_to.as_ref().map(condition),
    );
    entries.flag("db_constraint", relation.db_constraint, true);
}

fn many_to_many(entries: &mut Entries, relation: &ManyToMany) {
    entries.push("to", text(&relation.to.to_string()));
    let through = relation.through.as_ref();
    entries.some("through", through.map(|through| text(&through.to_string())));
    if !relation.through_fields.is_empty() {
        entries.push("through_fields", texts(&relation.through_fields));
    }
    entries.text("related_name", relation.related_name.as_ref());
    entries.text("related_query_name", relation.related_query_name.as_ref());
    entries.some(
        "limit_choices_to",
        relation.limit_choices_to.as_ref().map(condition),
    );
    entries.text("db_table", relation.db_table.as_ref());
    entries.flag("db_constraint", relation.db_constraint, true);
    entries.some(
        "symmetrical",
        relation.symmetrical.map(|value| value.to_string()),
    );
}

fn default(default: &FieldDefault) -> String {
    match default {
        FieldDefault::Value(value) => literal(value),
        FieldDefault::Function(function) => {
            let mut all = DefaultFunction::ALL.iter();
            let name = all.find(|(_, known)| known == function);
            let name = name.map_or("now", |(name, _)| name);
            format!("{{ function = {} }}", text(name))
        }
    }
}

fn choice(choice: &Choice) -> String {
    match choice {
        Choice::Value(value, label) => format!("[{}, {}]", literal(value), text(label)),
        Choice::Group(label, members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(value, label)| format!("[{}, {}]", literal(value), text(label)))
                .collect();
            format!("[{}, [{}]]", text(label), members.join(", "))
        }
    }
}

fn validator(validator: &Validator) -> String {
    let Validator { name, arguments } = validator;
    match arguments.as_slice() {
        [] => text(name),
        [(_, value)] if !matches!(value, crate::models::Literal::Map(_)) && is_first(validator) => {
            format!("{{ {name} = {} }}", literal(value))
        }
        _ => {
            let arguments = arguments.iter();
            let arguments: Vec<_> = arguments
                .map(|(name, value)| (name.clone(), literal(value)))
                .collect();
            format!("{{ {name} = {} }}", inline(&arguments))
        }
    }
}

fn is_first(validator: &Validator) -> bool {
    let known = crate::models::read::VALIDATORS.iter();
    let mut known = known.filter(|(name, _)| *name == validator.name);
    let first = known.next().and_then(|(_, parameters)| parameters.first());
    first.is_some_and(|first| validator.arguments[0].0 == *first)
}
