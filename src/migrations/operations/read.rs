//! Operations, from the vocabulary of migration files.

use crate::document::{Item, Table, TableReader, Value};
use crate::migrations::operations::Operation;
use crate::models::read::{
    ReadContext, constraint, field, index, model, options, string_lists, unknown_name,
};
use crate::models::{Field, Model};

/// The operations on models, and those on nothing in particular.
pub const ON_MODELS: [&str; 11] = [
    "CreateModel",
    "DeleteModel",
    "RenameModel",
    "AlterModelTable",
    "AlterModelTableComment",
    "AlterModelOptions",
    "AlterUniqueTogether",
    "RunSQL",
    "SeparateDatabaseAndState",
    "ForgetContentTypeNames",
    "UpdateProxyPermissions",
];

/// The operations on the fields, indexes and constraints of a model.
pub const ON_PARTS: [&str; 10] = [
    "AddField",
    "RemoveField",
    "AlterField",
    "RenameField",
    "AddIndex",
    "RemoveIndex",
    "RenameIndex",
    "AddConstraint",
    "RemoveConstraint",
    "AlterConstraint",
];

/// The operations below `operations`, in order.
pub fn read_operations(context: &ReadContext<'_>, fields: &TableReader<'_>) -> Vec<Operation> {
    list(context, fields, "operations")
}

fn list(context: &ReadContext<'_>, fields: &TableReader<'_>, key: &'static str) -> Vec<Operation> {
    let Some(item) = fields.item(key) else {
        return Vec::new();
    };
    let Value::Array(items) = &item.value else {
        let message = format!("`{key}` must be a list of tables");
        context.report(
            item,
            "wrong-type",
            message,
            "write `[[operations]]` above each",
        );
        return Vec::new();
    };
    let operations = items.iter();
    operations
        .filter_map(|item| operation(context, item))
        .collect()
}

fn operation(context: &ReadContext<'_>, item: &Item) -> Option<Operation> {
    let entries = item.as_table().map(Table::entries);
    let Some([entry]) = entries else {
        let message = "an operation must be a table of one key, its name".to_owned();
        let hint = r#"write `DeleteModel = { name = "Post" }`"#;
        context.report(item, "wrong-type", message, hint);
        return None;
    };
    let name = entry.key.as_str();
    let names = ON_MODELS.into_iter().chain(ON_PARTS);
    if !names.clone().any(|known| known == name) {
        let problem = unknown_name(&entry.item, "operation", name, names);
        context.problems().push(problem.at(entry.origin.location()));
        return None;
    }
    let Some(table) = entry.item.as_table() else {
        let message = format!("`{name}` must be a table");
        context
            .problems()
            .push(entry.item.error("wrong-type", message));
        return None;
    };
    let keys = table.reader(context.problems());
    let operation = if ON_PARTS.contains(&name) {
        on_parts(context, name, &keys)
    } else {
        on_model(context, name, &keys)
    };
    keys.finish();
    operation
}

fn on_model(context: &ReadContext<'_>, name: &str, keys: &TableReader<'_>) -> Option<Operation> {
    match name {
        "CreateModel" => {
            create_model(context, keys).map(|model| Operation::CreateModel(Box::new(model)))
        }
        "DeleteModel" => keys
            .required("name")
            .map(|name| Operation::DeleteModel { name }),
        "RenameModel" => {
            renaming(keys).map(|(old_name, new_name)| Operation::RenameModel { old_name, new_name })
        }
        "AlterModelTable" => keys
            .required("name")
            .map(|name| Operation::AlterModelTable {
                name,
                table: keys.optional("table"),
            }),
        "AlterModelTableComment" => {
            keys.required("name")
                .map(|name| Operation::AlterModelTableComment {
                    name,
                    table_comment: keys.optional("table_comment"),
                })
        }
        "AlterModelOptions" => {
            let name: Option<String> = keys.required("name");
            let table = keys.table("options");
            let options = table.map(|table| {
                let found = options(context, &table, name.as_deref().unwrap_or_default());
                table.finish();
                found
            });
            name.map(|name| Operation::AlterModelOptions {
                name,
                options: Box::new(options.unwrap_or_default()),
            })
        }
        "AlterUniqueTogether" => {
            let unique_together = string_lists(context, keys, "unique_together");
            keys.required("name")
                .map(|name| Operation::AlterUniqueTogether {
                    name,
                    unique_together,
                })
        }
        "RunSQL" => {
            let reverse_sql = texts(keys, "reverse_sql");
            let elidable = keys.or("elidable", false);
            keys.required::<Item>("sql")
                .and_then(|_| texts(keys, "sql"))
                .map(|sql| Operation::RunSql {
                    sql,
                    reverse_sql,
                    elidable,
                })
        }
        "SeparateDatabaseAndState" => Some(Operation::SeparateDatabaseAndState {
            database_operations: list(context, keys, "database_operations"),
            state_operations: list(context, keys, "state_operations"),
        }),
        "ForgetContentTypeNames" => Some(Operation::ForgetContentTypeNames),
        _ => Some(Operation::UpdateProxyPermissions),
    }
}

fn on_parts(context: &ReadContext<'_>, name: &str, keys: &TableReader<'_>) -> Option<Operation> {
    let model: Option<String> = keys.required("model");
    let own = model.as_deref().unwrap_or_default();
    let found = match name {
        "AddField" | "AlterField" => changed_field(context, keys, own).map(|field| {
            let (model, field) = (own.to_owned(), Box::new(field));
            let preserve_default = keys.or("preserve_default", true);
            if name == "AddField" {
                Operation::AddField {
                    model,
                    field,
                    preserve_default,
                }
            } else {
                Operation::AlterField {
                    model,
                    field,
                    preserve_default,
                }
            }
        }),
        "RemoveField" => keys.required("name").map(|name| Operation::RemoveField {
            model: own.to_owned(),
            name,
        }),
        "RenameField" => renaming(keys).map(|(old_name, new_name)| Operation::RenameField {
            model: own.to_owned(),
            old_name,
            new_name,
        }),
        "AddIndex" => sub_table(keys, "index")
            .and_then(|table| index(context, table))
            .map(|index| Operation::AddIndex {
                model: own.to_owned(),
                index,
            }),
        "RemoveIndex" => keys.required("name").map(|name| Operation::RemoveIndex {
            model: own.to_owned(),
            name,
        }),
        "RenameIndex" => renaming(keys).map(|(old_name, new_name)| Operation::RenameIndex {
            model: own.to_owned(),
            old_name,
            new_name,
        }),
        "AddConstraint" | "AlterConstraint" => sub_table(keys, "constraint")
            .and_then(|table| constraint(context, table))
            .map(|constraint| {
                let model = own.to_owned();
                if name == "AddConstraint" {
                    Operation::AddConstraint { model, constraint }
                } else {
                    Operation::AlterConstraint { model, constraint }
                }
            }),
        _ => keys
            .required("name")
            .map(|name| Operation::RemoveConstraint {
                model: own.to_owned(),
                name,
            }),
    };
    found.filter(|_| model.is_some())
}

fn create_model(context: &ReadContext<'_>, keys: &TableReader<'_>) -> Option<Model> {
    let name: Option<String> = keys.required("name");
    let own = name.as_deref().unwrap_or_default();
    let declared = keys.item("fields").and_then(Item::as_table);
    let options = keys.table("options").map(|table| {
        let found = options(context, &table, own);
        table.finish();
        found
    });
    let model = model(context, own, declared, options.unwrap_or_default());
    if declared.is_none() && model.options.proxy_for.is_none() {
        keys.required::<Item>("fields");
    }
    name.map(|_| model)
}

fn changed_field(context: &ReadContext<'_>, keys: &TableReader<'_>, own: &str) -> Option<Field> {
    let name: Option<String> = keys.required("name");
    let table = sub_table(keys, "field")?;
    field(context, &name?, table, own)
}

fn sub_table<'t>(keys: &TableReader<'t>, key: &'t str) -> Option<&'t Table> {
    if keys.source().get(key).is_none() {
        keys.required::<Item>(key);
        return None;
    }
    // Reading it as a table reports another type; the caller reads its keys.
    let item = keys.item(key)?;
    let table = item.as_table();
    if table.is_none() {
        let message = format!("`{key}` must be a table, not {}", item.value.type_name());
        keys.problems().push(item.error("wrong-type", message));
    }
    table
}

fn renaming(keys: &TableReader<'_>) -> Option<(String, String)> {
    let (old, new) = (keys.required("old_name"), keys.required("new_name"));
    Some((old?, new?))
}

/// One text, or a list of them.
fn texts<'t>(keys: &TableReader<'t>, key: &'t str) -> Option<Vec<String>> {
    match keys.item(key)?.value {
        Value::String(_) => keys.optional(key).map(|text| vec![text]),
        _ => keys.optional(key),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Operation, read_operations};
    use crate::document::{Document, Problems};
    use crate::models::read::ReadContext;

    fn operations(text: &str) -> Result<Vec<Operation>, Vec<String>> {
        let document = Document::parse(Path::new("0001.toml"), text).unwrap();
        let problems = Problems::default();
        let fields = document.root().reader(&problems);
        let found = read_operations(&ReadContext::new("blog", &problems), &fields);
        fields.finish();
        problems.finish(found).map_err(|findings| {
            let findings = findings.into_inner().into_iter();
            findings
                .map(|finding| format!("{finding} {:?}", finding.hints))
                .collect()
        })
    }

    #[test]
    fn every_operation_reads_as_itself() {
        let found = operations(
            r#"
            [[operations]]
            CreateModel = { name = "Post", fields = { title = { type = "CharField" } } }
            [[operations]]
            AddField = { model = "Post", name = "body", field = { type = "TextField", default = "" }, preserve_default = false }
            [[operations]]
            AlterModelOptions = { name = "Post", options = { ordering = ["title"] } }
            [[operations]]
            RenameField = { model = "Post", old_name = "body", new_name = "text" }
            [[operations]]
            AddIndex = { model = "Post", index = { name = "by_title", fields = ["-title"] } }
            [[operations]]
            AddConstraint = { model = "Post", constraint = { name = "one", fields = ["title", "text"] } }
            [[operations]]
            RunSQL = { sql = "SELECT 1", reverse_sql = "" }
            [[operations]]
            DeleteModel = { name = "Post" }
            "#,
        )
        .unwrap();
        let described: Vec<_> = found.iter().map(Operation::describe).collect();
        assert_eq!(
            described,
            [
                "Create model Post",
                "Add field body to Post",
                "Change Meta options on Post",
                "Rename field body on Post to text",
                "Create index by_title on field(s) -title of model Post",
                "Create constraint one on model Post",
                "Raw SQL operation",
                "Delete model Post",
            ]
        );
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let found = operations(
            "[[operations]]\n\
             AddFeild = { model = 'Post' }\n\
             [[operations]]\n\
             AddField = { model = 'Post', name = 'a', field = { type = 'CharFeild' } }\n\
             [[operations]]\n\
             AlterField = { model = 'Post', name = 'a', field = { type = 'TextField', nul = true } }\n\
             [[operations]]\n\
             RemoveField = { name = 'a' }\n",
        )
        .unwrap_err();
        assert_eq!(
            found,
            [
                r#"0001.toml:2:1: `AddFeild` is not an operation ["did you mean `AddField`?"]"#,
                r#"0001.toml:4:59: `CharFeild` is not a type ["did you mean `CharField`?"]"#,
                r#"0001.toml:6:74: unknown key `nul` ["did you mean `null`?"]"#,
                r"0001.toml:8:15: missing key `model` []",
            ]
        );
    }
}
