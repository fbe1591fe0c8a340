//! What Django 5.2 stores and writes for each kind of field, tried with its own fields.

use crate::clock::Zone;
use crate::db::SqlValue;
use crate::json::{Json, JsonStyle, JsonWriter};
use crate::models::read::CLASSES;
use crate::models::{AutoNow, Field, FieldKind, IpProtocol, Literal, accepts};
use crate::values::{
    FieldValue, from_column, from_json, from_literal, from_text, quote_value, to_column, write_json,
};

/// A literal of a file, how it stands in a statement, what the column keeps of it, and its JSON.
struct Case {
    kind: FieldKind,
    literal: Literal,
    statement: &'static str,
    column: SqlValue,
    json: &'static str,
}

fn case(
    kind: FieldKind,
    literal: Literal,
    statement: &'static str,
    column: impl Into<SqlValue>,
    json: &'static str,
) -> Case {
    Case {
        kind,
        literal,
        statement,
        column: column.into(),
        json,
    }
}

fn text(text: &str) -> Literal {
    Literal::String(text.to_owned())
}

fn decimal(max_digits: u32, decimal_places: u32) -> FieldKind {
    FieldKind::Decimal {
        max_digits,
        decimal_places,
    }
}

fn address(unpack_ipv4: bool) -> FieldKind {
    FieldKind::GenericIpAddress {
        protocol: IpProtocol::Both,
        unpack_ipv4,
    }
}

fn generated(kind: FieldKind) -> FieldKind {
    FieldKind::Generated {
        expression: Box::new(crate::models::expression::Expression::F("a".to_owned())),
        output_field: Box::new(Field::new("", kind)),
        db_persist: true,
    }
}

fn integer_kinds() -> [FieldKind; 9] {
    [
        FieldKind::Auto,
        FieldKind::SmallAuto,
        FieldKind::BigAuto,
        FieldKind::BigInteger,
        FieldKind::Integer,
        FieldKind::PositiveBigInteger,
        FieldKind::PositiveInteger,
        FieldKind::PositiveSmallInteger,
        FieldKind::SmallInteger,
    ]
}

fn text_kinds() -> [FieldKind; 8] {
    [
        FieldKind::Char {
            max_length: Some(50),
        },
        FieldKind::Email { max_length: 254 },
        FieldKind::File {
            upload_to: String::new(),
            max_length: 100,
            storage: None,
        },
        FieldKind::FilePath {
            path: String::new(),
            pattern: None,
            recursive: false,
            allow_files: true,
            allow_folders: false,
            max_length: 100,
        },
        FieldKind::Image {
            upload_to: String::new(),
            max_length: 100,
            storage: None,
            width_field: None,
            height_field: None,
        },
        FieldKind::Slug {
            max_length: 50,
            allow_unicode: false,
        },
        FieldKind::Text { max_length: None },
        FieldKind::Url { max_length: 200 },
    ]
}

fn cases() -> Vec<Case> {
    const UUID: &str = "550E8400-e29b-41d4-a716-446655440000";
    let auto_now = AutoNow::default();
    let (date, time, date_time) = (
        FieldKind::Date(auto_now),
        FieldKind::Time(auto_now),
        FieldKind::DateTime(auto_now),
    );
    let moment = |text: &str| Literal::Datetime(text.to_owned());
    let map = Literal::Map(vec![(
        "é".to_owned(),
        Literal::List(vec![Literal::Integer(1), Literal::Float(1.5)]),
    )]);
    let mut cases = vec![
        case(
            FieldKind::Boolean,
            Literal::Boolean(true),
            "1",
            true,
            "true",
        ),
        case(FieldKind::Float, Literal::Integer(1), "1.0", 1.0, "1.0"),
        case(
            FieldKind::Float,
            Literal::Float(1e16),
            "1e+16",
            1e16,
            "1e+16",
        ),
        case(FieldKind::Float, Literal::Float(0.1), "0.1", 0.1, "0.1"),
        case(decimal(8, 2), text("1.5"), "'1.5'", 1.5, r#""1.50""#),
        case(decimal(8, 2), text("1.50"), "'1.50'", 1.5, r#""1.50""#),
        case(decimal(8, 2), text("007.5"), "'7.5'", 7.5, r#""7.50""#),
        case(decimal(8, 2), text("1e3"), "'1E+3'", 1000, r#""1000.00""#),
        case(
            decimal(8, 2),
            Literal::Float(9.9),
            "'9.9000000'",
            9.9,
            r#""9.90""#,
        ),
        case(
            decimal(8, 2),
            Literal::Float(1.5),
            "'1.5'",
            1.5,
            r#""1.50""#,
        ),
        case(
            decimal(8, 2),
            Literal::Float(100.0),
            "'100'",
            100,
            r#""100.00""#,
        ),
        case(
            decimal(8, 2),
            Literal::Integer(-3),
            "'-3'",
            -3,
            r#""-3.00""#,
        ),
        case(
            decimal(12, 8),
            text("0.0000001"),
            "'1E-7'",
            1e-7,
            r#""1.0E-7""#,
        ),
        case(
            date.clone(),
            text("2026-01-31"),
            "'2026-01-31'",
            "2026-01-31",
            r#""2026-01-31""#,
        ),
        case(
            time.clone(),
            text("12:00"),
            "'12:00:00'",
            "12:00:00",
            r#""12:00:00""#,
        ),
        case(
            time,
            moment("12:00:00.25"),
            "'12:00:00.250000'",
            "12:00:00.250000",
            r#""12:00:00.250""#,
        ),
        case(
            date_time.clone(),
            moment("2026-01-31"),
            "'2026-01-31 00:00:00'",
            "2026-01-31 00:00:00",
            r#""2026-01-31T00:00:00Z""#,
        ),
        case(
            date_time.clone(),
            moment("2026-01-31T12:00:00+02:00"),
            "'2026-01-31 10:00:00'",
            "2026-01-31 10:00:00",
            r#""2026-01-31T10:00:00Z""#,
        ),
        case(
            date_time,
            text("2026-01-31T12:00:00.5Z"),
            "'2026-01-31 12:00:00.500000'",
            "2026-01-31 12:00:00.500000",
            r#""2026-01-31T12:00:00.500Z""#,
        ),
        case(
            FieldKind::Duration,
            Literal::Integer(90),
            "90000000",
            90_000_000,
            r#""00:01:30""#,
        ),
        case(
            FieldKind::Uuid,
            text(UUID),
            "'550e8400e29b41d4a716446655440000'",
            "550e8400e29b41d4a716446655440000",
            r#""550e8400-e29b-41d4-a716-446655440000""#,
        ),
        case(
            FieldKind::Json,
            map,
            r#"'{"\u00e9": [1, 1.5]}'"#,
            r#"{"\u00e9": [1, 1.5]}"#,
            r#"{"é": [1, 1.5]}"#,
        ),
        case(
            FieldKind::Json,
            text("text"),
            r#"'"text"'"#,
            r#""text""#,
            r#""text""#,
        ),
        case(
            FieldKind::Binary { max_length: None },
            text("abc"),
            "X'616263'",
            SqlValue::Blob(b"abc".to_vec()),
            r#""YWJj""#,
        ),
        case(
            address(false),
            text("2001:0DB8:0::1"),
            "'2001:db8::1'",
            "2001:db8::1",
            r#""2001:db8::1""#,
        ),
        case(
            address(true),
            text("::ffff:10.0.0.1"),
            "'10.0.0.1'",
            "10.0.0.1",
            r#""10.0.0.1""#,
        ),
        case(
            generated(FieldKind::Integer),
            Literal::Integer(7),
            "7",
            7,
            "7",
        ),
        case(
            generated(date),
            text("2026-01-31"),
            "'2026-01-31'",
            "2026-01-31",
            r#""2026-01-31""#,
        ),
    ];
    cases.extend(integer_kinds().map(|kind| case(kind, Literal::Integer(7), "7", 7, "7")));
    cases.extend(text_kinds().map(|kind| case(kind, text("it's"), "'it''s'", "it's", r#""it's""#)));
    cases
}

fn written(value: &FieldValue) -> String {
    let mut writer = JsonWriter::new(JsonStyle::COMPACT);
    write_json(&mut writer, value);
    String::from_utf8(writer.written().to_vec()).unwrap()
}

#[test]
fn every_kind_is_kept_and_written_as_django_does() {
    for case in cases() {
        let name = format!("{:?} {:?}", case.kind, case.literal);
        let value = from_literal(&case.kind, &case.literal, &Zone::utc()).expect(&name);
        assert_eq!(quote_value(&to_column(&value)), case.statement, "{name}");
        let value = from_column(&case.kind, &case.column).expect(&name);
        assert_eq!(written(&value), case.json, "{name}");
        let json = Json::parse(case.json).unwrap();
        let again = from_json(&case.kind, &json, &Zone::utc());
        assert_eq!(again.as_ref(), Ok(&value), "{name}");
        let typed = match &json {
            Json::String(text) if case.kind != FieldKind::Json => text.clone(),
            other => other.to_python(),
        };
        let typed = if typed == "true" { "True" } else { &typed };
        let again = from_text(&case.kind, typed, &Zone::utc());
        assert_eq!(again.as_ref(), Ok(&value), "{name}");
    }
}

#[test]
fn no_kind_of_field_is_left_out() {
    let cases = cases();
    // These hold what another field holds, or no value.
    let others = [
        "ForeignKey",
        "OneToOneField",
        "ManyToManyField",
        "CompositePrimaryKey",
    ];
    for class in CLASSES {
        let is_tried = cases.iter().any(|case| case.kind.class_name() == class);
        assert_eq!(is_tried, !others.contains(&class), "{class}");
    }
}

#[test]
fn what_a_model_accepts_is_what_its_column_takes() {
    let literals: Vec<_> = cases().into_iter().map(|case| case.literal).collect();
    let wrong = [
        text("one"),
        text("2026-13-01"),
        text("1.555"),
        Literal::Boolean(false),
        Literal::List(Vec::new()),
    ];
    let kinds: Vec<_> = cases().into_iter().map(|case| case.kind).collect();
    for kind in kinds {
        for literal in literals.iter().chain(&wrong) {
            let taken = from_literal(&kind, literal, &Zone::utc()).is_some();
            // How many digits there are is asked where the value is used.
            let is_decimal = matches!(kind.clone(), FieldKind::Decimal { .. });
            if !is_decimal {
                assert_eq!(accepts(&kind, literal), taken, "{kind:?} {literal:?}");
            }
        }
    }
}

fn stored_json(kind: &FieldKind, text: &str) -> Option<String> {
    let value = from_json(kind, &Json::parse(text).unwrap(), &Zone::utc()).ok()?;
    Some(match to_column(&value) {
        SqlValue::Text(text) => text,
        other => format!("{other:?}"),
    })
}

#[test]
fn values_become_what_django_makes_of_them() {
    let price = FieldKind::Decimal {
        max_digits: 8,
        decimal_places: 2,
    };
    for (kind, given, expected) in [
        (&FieldKind::Integer, r#""12""#, Some("Integer(12)")),
        (&FieldKind::Integer, "3.0", Some("Integer(3)")),
        (&FieldKind::Integer, "3.5", None),
        (&FieldKind::Integer, "99999999999999999999", None),
        (&FieldKind::Boolean, r#""True""#, Some("Integer(1)")),
        (&FieldKind::Boolean, "2", None),
        (&FieldKind::Text { max_length: None }, "1.50", Some("1.5")),
        (&FieldKind::Text { max_length: None }, "[1]", None),
        (&price, r#""1.255""#, Some("1.26")),
        (&price, "1.255", Some("1.26")),
        (&price, r#""1234567.00""#, None),
        (
            &FieldKind::DateTime(AutoNow::default()),
            r#""2024-05-06""#,
            Some("2024-05-06 00:00:00"),
        ),
        (
            &FieldKind::Duration,
            r#""1 00:00:02.000003""#,
            Some("Integer(86402000003)"),
        ),
        (
            &FieldKind::Duration,
            r#""-1 day, 23:59:59.999999""#,
            Some("Integer(-1)"),
        ),
        (
            &FieldKind::Duration,
            r#""-P1DT2H0.5S""#,
            Some("Integer(-93600500000)"),
        ),
        (&FieldKind::Duration, r#""soon""#, None),
        (
            &FieldKind::Uuid,
            r#""{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}""#,
            Some("a0eebc999c0b4ef8bb6d6bb9bd380a11"),
        ),
        (
            &FieldKind::Json,
            r#"{"é":[1.0]}"#,
            Some(r#"{"\u00e9": [1.0]}"#),
        ),
        (
            &FieldKind::Binary { max_length: None },
            r#""AP8=""#,
            Some("Blob([0, 255])"),
        ),
    ] {
        assert_eq!(stored_json(kind, given).as_deref(), expected, "{given}");
    }
    let read = from_json(&price, &Json::Null, &Zone::utc());
    assert_eq!(read, Ok(FieldValue::Null));
}
