//! The kind of a field, with the options that only this kind has.

use crate::document::{Item, TableReader};
use crate::models::expression::Condition;
use crate::models::expression::read::{BareString, condition, expression, output_field};
use crate::models::read::{ReadContext, literal, one_of};
use crate::models::{AutoNow, FieldKind, IpProtocol, ManyToMany, ModelRef, OnDelete, Relation};

/// All kinds of field, by the name of Django's class.
pub const CLASSES: [&str; 33] = [
    "AutoField",
    "SmallAutoField",
    "BigAutoField",
    "BigIntegerField",
    "BinaryField",
    "BooleanField",
    "CharField",
    "DateField",
    "DateTimeField",
    "DecimalField",
    "DurationField",
    "EmailField",
    "FileField",
    "FilePathField",
    "FloatField",
    "GenericIPAddressField",
    "ImageField",
    "IntegerField",
    "JSONField",
    "PositiveBigIntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SlugField",
    "SmallIntegerField",
    "TextField",
    "TimeField",
    "URLField",
    "UUIDField",
    "ForeignKey",
    "OneToOneField",
    "ManyToManyField",
    "GeneratedField",
    "CompositePrimaryKey",
];

/// What makes an `OnDelete`, which is not `Copy`.
type MakeOnDelete = fn() -> OnDelete;

const ON_DELETE: [(&str, MakeOnDelete); 6] = [
    ("CASCADE", || OnDelete::Cascade),
    ("PROTECT", || OnDelete::Protect),
    ("RESTRICT", || OnDelete::Restrict),
    ("SET_NULL", || OnDelete::SetNull),
    ("SET_DEFAULT", || OnDelete::SetDefault),
    ("DO_NOTHING", || OnDelete::DoNothing),
];

const PROTOCOLS: [(&str, IpProtocol); 3] = [
    ("both", IpProtocol::Both),
    ("IPv4", IpProtocol::Ipv4),
    ("IPv6", IpProtocol::Ipv6),
];

/// The kind that `type` names; `own` is the name of the model.
pub(super) fn kind(
    context: &ReadContext<'_>,
    fields: &TableReader<'_>,
    own: &str,
) -> Option<FieldKind> {
    let names = CLASSES.map(|class| (class, class));
    if fields.source().get("type").is_none() {
        fields.required::<String>("type");
        return None;
    }
    let class = one_of(fields, "type", &names)?;
    Some(match class {
        "ForeignKey" => FieldKind::ForeignKey(relation(context, fields, own)?),
        "OneToOneField" => FieldKind::OneToOne(relation(context, fields, own)?),
        "ManyToManyField" => FieldKind::ManyToMany(many_to_many(context, fields, own)?),
        "DecimalField" => {
            let max_digits = fields.required("max_digits");
            let decimal_places = fields.required("decimal_places");
            FieldKind::Decimal {
                max_digits: max_digits?,
                decimal_places: decimal_places?,
            }
        }
        "GeneratedField" => generated(context, fields)?,
        "CompositePrimaryKey" => FieldKind::CompositePrimaryKey {
            fields: composite(context, fields)?,
        },
        _ => text_kind(class, fields).unwrap_or_else(|| plain_kind(class, fields)),
    })
}

/// The kinds that hold text with options of their own.
fn text_kind(class: &str, fields: &TableReader<'_>) -> Option<FieldKind> {
    let max_length = |usual| fields.or("max_length", usual);
    Some(match class {
        "CharField" => FieldKind::Char {
            max_length: fields.optional("max_length"),
        },
        "TextField" => FieldKind::Text {
            max_length: fields.optional("max_length"),
        },
        "BinaryField" => FieldKind::Binary {
            max_length: fields.optional("max_length"),
        },
        "EmailField" => FieldKind::Email {
            max_length: max_length(254),
        },
        "URLField" => FieldKind::Url {
            max_length: max_length(200),
        },
        "SlugField" => FieldKind::Slug {
            max_length: max_length(50),
            allow_unicode: fields.or("allow_unicode", false),
        },
        "FileField" => FieldKind::File {
            upload_to: fields.or("upload_to", String::new()),
            max_length: max_length(100),
            storage: fields.optional("storage"),
        },
        "ImageField" => FieldKind::Image {
            upload_to: fields.or("upload_to", String::new()),
            max_length: max_length(100),
            storage: fields.optional("storage"),
            width_field: fields.optional("width_field"),
            height_field: fields.optional("height_field"),
        },
        "FilePathField" => FieldKind::FilePath {
            path: fields.or("path", String::new()),
            pattern: fields.optional("match"),
            recursive: fields.or("recursive", false),
            allow_files: fields.or("allow_files", true),
            allow_folders: fields.or("allow_folders", false),
            max_length: max_length(100),
        },
        "GenericIPAddressField" => FieldKind::GenericIpAddress {
            protocol: one_of(fields, "protocol", &PROTOCOLS).unwrap_or(IpProtocol::Both),
            unpack_ipv4: fields.or("unpack_ipv4", false),
        },
        _ => return None,
    })
}

fn plain_kind(class: &str, fields: &TableReader<'_>) -> FieldKind {
    match class {
        "AutoField" => FieldKind::Auto,
        "SmallAutoField" => FieldKind::SmallAuto,
        "BigAutoField" => FieldKind::BigAuto,
        "BigIntegerField" => FieldKind::BigInteger,
        "BooleanField" => FieldKind::Boolean,
        "DateField" => FieldKind::Date(stamp(fields)),
        "DateTimeField" => FieldKind::DateTime(stamp(fields)),
        "TimeField" => FieldKind::Time(stamp(fields)),
        "DurationField" => FieldKind::Duration,
        "FloatField" => FieldKind::Float,
        "JSONField" => FieldKind::Json,
        "PositiveBigIntegerField" => FieldKind::PositiveBigInteger,
        "PositiveIntegerField" => FieldKind::PositiveInteger,
        "PositiveSmallIntegerField" => FieldKind::PositiveSmallInteger,
        "SmallIntegerField" => FieldKind::SmallInteger,
        "UUIDField" => FieldKind::Uuid,
        _ => FieldKind::Integer,
    }
}

fn stamp(fields: &TableReader<'_>) -> AutoNow {
    AutoNow {
        auto_now: fields.or("auto_now", false),
        auto_now_add: fields.or("auto_now_add", false),
    }
}

fn relation(context: &ReadContext<'_>, fields: &TableReader<'_>, own: &str) -> Option<Relation> {
    require(fields, "to");
    require(fields, "on_delete");
    let to = context.reference(fields, "to", own);
    let on_delete = on_delete(context, fields);
    let limit_choices_to = limit_choices_to(context, fields, to.as_ref());
    let relation = Relation {
        to: to?,
        on_delete: on_delete?,
        to_field: fields.optional("to_field"),
        related_name: fields.optional("related_name"),
        related_query_name: fields.optional("related_query_name"),
        db_constraint: fields.or("db_constraint", true),
        limit_choices_to,
    };
    Some(relation)
}

/// `"CASCADE"`, or `{ SET = 1 }` with the value to set.
fn on_delete(context: &ReadContext<'_>, fields: &TableReader<'_>) -> Option<OnDelete> {
    let item = fields.item("on_delete")?;
    let Some(table) = item.as_table() else {
        return one_of(fields, "on_delete", &ON_DELETE).map(|make| make());
    };
    let keys = table.reader(context.problems());
    let value = literal::default(&keys, "SET");
    if value.is_none() && table.get("SET").is_none() {
        keys.required::<Item>("SET");
    }
    keys.finish();
    value.map(OnDelete::Set)
}

/// The condition on rows of the model `to` that forms offer.
fn limit_choices_to(
    context: &ReadContext<'_>,
    fields: &TableReader<'_>,
    to: Option<&ModelRef>,
) -> Option<Condition> {
    let item = fields.item("limit_choices_to")?;
    context.fields_of(to, || condition(context, item))
}

fn generated(context: &ReadContext<'_>, fields: &TableReader<'_>) -> Option<FieldKind> {
    if fields.source().get("expression").is_none() {
        fields.required::<Item>("expression");
    }
    let item = fields.item("expression");
    let expression = item.and_then(|item| expression(context, item, BareString::Field));
    let output_field = output_field(context, fields);
    let db_persist = fields.required("db_persist");
    Some(FieldKind::Generated {
        expression: Box::new(expression?),
        output_field: output_field?,
        db_persist: db_persist?,
    })
}

fn composite(context: &ReadContext<'_>, fields: &TableReader<'_>) -> Option<Vec<String>> {
    let names: Vec<String> = fields.required("fields")?;
    let item = fields.source().get("fields")?;
    for name in &names {
        context.note_field(name, &item.origin, None);
    }
    let repeated = names
        .iter()
        .enumerate()
        .any(|(index, name)| names[..index].contains(name));
    if names.len() < 2 || repeated {
        let message = "a composite primary key needs at least two different fields".to_owned();
        let hint =
            r#"write `pk = { type = "CompositePrimaryKey", fields = ["tenant", "number"] }`"#;
        context.report(item, "wrong-fields", message, hint);
    }
    Some(names)
}

fn many_to_many(
    context: &ReadContext<'_>,
    fields: &TableReader<'_>,
    own: &str,
) -> Option<ManyToMany> {
    require(fields, "to");
    let to = context.reference(fields, "to", own);
    let limit_choices_to = limit_choices_to(context, fields, to.as_ref());
    let to = to?;
    // Only `self` counts both ways unless it is said, as in Django; the model's own name does not.
    let is_own = ModelRef::parse(own, context.app_label()).as_ref() == Some(&to);
    let text = fields.source().get("to").and_then(Item::as_str);
    let both_ways = is_own.then_some(text == Some("self"));
    Some(ManyToMany {
        to,
        through: context.reference(fields, "through", own),
        through_fields: fields.or("through_fields", Vec::new()),
        related_name: fields.optional("related_name"),
        related_query_name: fields.optional("related_query_name"),
        db_table: fields.optional("db_table"),
        db_constraint: fields.or("db_constraint", true),
        symmetrical: fields.optional("symmetrical").or(both_ways),
        limit_choices_to,
    })
}

/// Reports `key` where it is missing; whoever reads it next reports a wrong type.
fn require<'t>(fields: &TableReader<'t>, key: &'t str) {
    if fields.source().get(key).is_none() {
        fields.required::<String>(key);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{CLASSES, kind};
    use crate::document::{Document, Problems};
    use crate::models::read::ReadContext;

    #[test]
    fn every_class_reads_as_itself() {
        for class in CLASSES {
            let text = format!(
                "type = '{class}'\nto = 'auth.User'\non_delete = 'CASCADE'\n\
                 max_digits = 5\ndecimal_places = 2\n\
                 fields = ['a', 'b']\ndb_persist = true\n\
                 expression = 1\noutput_field = {{ type = 'IntegerField' }}\n"
            );
            let document = Document::parse(Path::new("models.toml"), &text).unwrap();
            let problems = Problems::default();
            let fields = document.root().reader(&problems);
            let found = kind(&ReadContext::new("blog", &problems), &fields, "Post").unwrap();
            assert_eq!(found.class_name(), class);
        }
    }
}
