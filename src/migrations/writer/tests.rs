//! What is written reads as the same migration.

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};

use super::write_migration;
use crate::document::Document;
use crate::migrations::operations::Operation;
use crate::migrations::{Migration, MigrationKey};
use crate::models::{
    Constraint, ConstraintKind, Field, FieldDefault, FieldKind, Index, IndexField, Literal, Model,
    ModelKey, ModelOptions, Permission,
};

fn read(text: &str) -> Migration {
    let key = MigrationKey::new("posts", "0002_x");
    let document = Document::parse(Path::new("0002_x.toml"), text)
        .unwrap_or_else(|findings| panic!("{findings}\n{text}"));
    Migration::read(&key, &document, &ModelKey::new("auth", "User"))
        .unwrap_or_else(|findings| panic!("{findings}\n{text}"))
}

fn same(migration: &Migration, text: &str) {
    let again = read(text);
    assert_eq!(again.operations, migration.operations, "{text}");
    assert_eq!(again.replaces, migration.replaces, "{text}");
    assert_eq!(again.initial, migration.initial, "{text}");
    let names = |found: &Migration| -> Vec<String> {
        let all = found.dependencies.iter().chain(&found.run_before);
        all.map(ToString::to_string).collect()
    };
    assert_eq!(names(&again), names(migration), "{text}");
    assert_eq!(
        write_migration(&again),
        text,
        "written again, it is another file"
    );
}

#[test]
fn the_migrations_of_the_built_in_apps_and_of_the_recorded_changes_read_as_themselves() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directories = [
        "src/auth/app/migrations",
        "src/admin/app/migrations",
        "src/contenttypes/app/migrations",
        "src/sessions/app/migrations",
        "tests/parity/changes",
    ];
    let mut count = 0;
    for directory in directories {
        for entry in fs::read_dir(root.join(directory)).unwrap() {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                let migration = read(&fs::read_to_string(path).unwrap());
                same(&migration, &write_migration(&migration));
                count += 1;
            }
        }
    }
    assert!(count >= 20, "{count} files");
}

/// Names of models, fields and indexes.
fn name() -> impl Strategy<Value = String> {
    // No field may be called `pk`.
    "[a-oq-z][a-z0-9]{0,8}"
}

/// Text of any kind, quotes, line ends and control characters among it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ '\"\\\\\n\r\ta]{0,12}", "[a-zé]{0,8}"]
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        text().prop_map(Literal::String),
        any::<i64>().prop_map(Literal::Integer),
        any::<bool>().prop_map(Literal::Boolean),
        (-1e9..1e9f64).prop_map(Literal::Float),
    ]
}

fn field() -> impl Strategy<Value = Field> {
    let kind = prop_oneof![
        Just(FieldKind::Text { max_length: None }),
        (1..300u64).prop_map(|length| FieldKind::Char {
            max_length: Some(length)
        }),
        Just(FieldKind::Json),
    ];
    let texts = (text(), option::of(text()));
    (
        name(),
        kind,
        texts,
        option::of(literal()),
        any::<[bool; 4]>(),
    )
        .prop_map(
            |(name, kind, (help_text, verbose_name), default, [null, blank, unique, editable])| {
                Field {
                    help_text,
                    verbose_name,
                    default: default.map(FieldDefault::Value),
                    null,
                    blank,
                    unique,
                    editable,
                    ..Field::new(&name, kind)
                }
            },
        )
}

fn options() -> impl Strategy<Value = ModelOptions> {
    (
        vec(name(), 0..3),
        option::of(text()),
        vec((name(), text()), 0..3),
        any::<bool>(),
    )
        .prop_map(
            |(ordering, verbose_name, permissions, managed)| ModelOptions {
                ordering,
                verbose_name,
                managed,
                permissions: permissions
                    .into_iter()
                    .map(|(codename, name)| Permission { codename, name })
                    .collect(),
                ..ModelOptions::default()
            },
        )
}

fn model() -> impl Strategy<Value = Model> {
    (name(), vec(field(), 1..4), options()).prop_map(|(name, mut fields, options)| {
        fields.sort_by(|left, right| left.name.cmp(&right.name));
        fields.dedup_by(|left, right| left.name == right.name);
        let model = Model {
            app_label: "posts".to_owned(),
            name,
            fields,
            options,
        };
        model.with_primary_key(FieldKind::BigAuto)
    })
}

fn operation() -> impl Strategy<Value = Operation> {
    let changed = || (name(), field().prop_map(Box::new), any::<bool>());
    let index = (name(), any::<bool>()).prop_map(|(name, descending)| Index {
        name: Some(format!("{name}_idx")),
        fields: vec![IndexField { name, descending }],
        expressions: Vec::new(),
        condition: None,
    });
    let constraint = (name(), vec(name(), 1..3), option::of(text())).prop_map(
        |(name, fields, violation_error_message)| Constraint {
            name,
            kind: ConstraintKind::Unique(fields),
            violation_error_message,
            violation_error_code: None,
        },
    );
    prop_oneof![
        model().prop_map(|model| Operation::CreateModel(Box::new(model))),
        (name(), options().prop_map(Box::new))
            .prop_map(|(name, options)| Operation::AlterModelOptions { name, options }),
        (name(), vec(vec(name(), 1..3), 0..3)).prop_map(|(name, unique_together)| {
            Operation::AlterUniqueTogether {
                name,
                unique_together,
            }
        }),
        (name(), option::of(text()))
            .prop_map(|(name, table)| Operation::AlterModelTable { name, table }),
        changed().prop_map(|(model, field, preserve_default)| Operation::AddField {
            model,
            field,
            preserve_default,
        }),
        changed().prop_map(|(model, field, preserve_default)| Operation::AlterField {
            model,
            field,
            preserve_default,
        }),
        (name(), index).prop_map(|(model, index)| Operation::AddIndex { model, index }),
        (name(), constraint)
            .prop_map(|(model, constraint)| Operation::AlterConstraint { model, constraint }),
        (
            vec(text(), 1..3),
            option::of(vec(text(), 1..3)),
            any::<bool>()
        )
            .prop_map(|(sql, reverse_sql, elidable)| Operation::RunSql {
                sql,
                reverse_sql,
                elidable,
            }),
    ]
}

proptest! {
    #[test]
    fn any_migration_reads_as_itself(
        operations in vec(operation(), 0..5),
        nested in vec(operation(), 0..3),
        replaces in vec("[a-z]{1,20}", 0..5),
        initial in option::of(any::<bool>()),
    ) {
        let mut migration = Migration::new(MigrationKey::new("posts", "0002_x"), operations);
        migration.operations.push(Operation::SeparateDatabaseAndState {
            database_operations: Vec::new(),
            state_operations: nested,
        });
        migration.replaces = replaces.iter().map(|name| MigrationKey::new("posts", name)).collect();
        migration.initial = initial;
        same(&migration, &write_migration(&migration));
    }
}
