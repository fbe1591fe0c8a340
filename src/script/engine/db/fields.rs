//! `output_field`: a field of Python's as the kind of a value.

use rustpython_vm::{PyObject, PyResult, VirtualMachine};

use crate::models::{AutoNow, Field, FieldKind, IpProtocol};

/// What Python's `DecimalField()` holds that was not given a number of digits.
const DIGITS: [u32; 2] = [28, 12];

/// The field that `object`, one of Django's model fields, says.
pub(super) fn field(object: &PyObject, vm: &VirtualMachine) -> PyResult<Box<Field>> {
    for class in object.class().mro_collect() {
        let name = class.name().to_owned();
        if let Some(kind) = kind(&name) {
            return Ok(Box::new(Field::new("", with_options(kind, object, vm)?)));
        }
    }
    let class = object.class().name().to_owned();
    Err(vm.new_type_error(format!(
        "`output_field` must be a field of a model, and not {class}"
    )))
}

/// The kind of Django's class of fields called `name`, without options.
pub(super) fn kind(name: &str) -> Option<FieldKind> {
    let auto = AutoNow::default();
    let (max_length, length) = (None, 0);
    Some(match name {
        "AutoField" => FieldKind::Auto,
        "SmallAutoField" => FieldKind::SmallAuto,
        "BigAutoField" => FieldKind::BigAuto,
        "BigIntegerField" => FieldKind::BigInteger,
        "BinaryField" => FieldKind::Binary { max_length },
        "BooleanField" => FieldKind::Boolean,
        // Files are kept by their names.
        "CharField" | "FileField" | "ImageField" | "FilePathField" => {
            FieldKind::Char { max_length }
        }
        "DateField" => FieldKind::Date(auto),
        "DateTimeField" => FieldKind::DateTime(auto),
        "DecimalField" => FieldKind::Decimal {
            max_digits: DIGITS[0],
            decimal_places: DIGITS[1],
        },
        "DurationField" => FieldKind::Duration,
        // What tells these apart from text is not asked of a value that is computed.
        "EmailField" => FieldKind::Email { max_length: length },
        "URLField" => FieldKind::Url { max_length: length },
        "SlugField" => FieldKind::Slug {
            max_length: length,
            allow_unicode: false,
        },
        "FloatField" => FieldKind::Float,
        "GenericIPAddressField" => FieldKind::GenericIpAddress {
            protocol: IpProtocol::Both,
            unpack_ipv4: false,
        },
        "IntegerField" => FieldKind::Integer,
        "JSONField" => FieldKind::Json,
        "PositiveBigIntegerField" => FieldKind::PositiveBigInteger,
        "PositiveIntegerField" => FieldKind::PositiveInteger,
        "PositiveSmallIntegerField" => FieldKind::PositiveSmallInteger,
        "SmallIntegerField" => FieldKind::SmallInteger,
        "TextField" => FieldKind::Text { max_length },
        "TimeField" => FieldKind::Time(auto),
        "UUIDField" => FieldKind::Uuid,
        _ => return None,
    })
}

fn with_options(kind: FieldKind, object: &PyObject, vm: &VirtualMachine) -> PyResult<FieldKind> {
    let FieldKind::Decimal { .. } = kind else {
        return Ok(kind);
    };
    let digits = |name: &'static str, default| {
        let found = vm.get_attribute_opt(object.to_owned(), name)?;
        let found = found.and_then(|found| found.try_into_value::<u32>(vm).ok());
        PyResult::Ok(found.unwrap_or(default))
    };
    Ok(FieldKind::Decimal {
        max_digits: digits("max_digits", DIGITS[0])?,
        decimal_places: digits("decimal_places", DIGITS[1])?,
    })
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn each_kind_of_value_has_a_class() {
        let names = crate::models::read::CLASSES;
        for name in names {
            let holds_none = matches!(
                name,
                "ForeignKey"
                    | "OneToOneField"
                    | "ManyToManyField"
                    | "GeneratedField"
                    | "CompositePrimaryKey"
            );
            assert_eq!(kind(name).is_some(), !holds_none, "{name}");
        }
    }
}
