//! Names that must differ: of columns, tables, indexes and constraints.

use std::collections::HashMap;

use crate::diagnostic::Finding;
use crate::models::check::CheckedModel;
use crate::models::{Field, FieldKind};

/// The longest name of an index that every database takes.
const MAX_INDEX_NAME_LENGTH: usize = 30;

/// Checks the names within one model.
pub(super) fn check(subject: &CheckedModel<'_>) {
    check_keys(subject);
    check_columns(subject);
    check_indexes(subject);
    check_ordering(subject);
    let name = &subject.model.name;
    if name.starts_with('_') || name.ends_with('_') || name.contains("__") {
        let message = format!("`{name}` cannot name a model: lookups need the `_` around it");
        subject.report_option("", Finding::error("bad-name", message));
    }
}

fn check_keys(subject: &CheckedModel<'_>) {
    let keys = subject
        .model
        .fields
        .iter()
        .filter(|field| field.primary_key);
    if let [first, rest @ ..] = keys.collect::<Vec<_>>().as_slice() {
        for field in rest {
            let message = format!(
                "`{}` has two primary keys, `{}` and `{}`",
                subject.model.name, first.name, field.name
            );
            let finding = Finding::error("two-primary-keys", message);
            let hint = "a CompositePrimaryKey named `pk` makes one key of several fields";
            subject.report(&field.name, "primary_key", finding.hint(hint));
        }
    }
}

fn check_columns(subject: &CheckedModel<'_>) {
    let mut seen: HashMap<String, &Field> = HashMap::new();
    for field in subject.model.columns() {
        let column = field.column().to_lowercase();
        // Two of one name are told of by name.
        if let Some(first) = seen.get(&column).filter(|first| first.name != field.name) {
            let message = format!(
                "`{}` and `{}` would share the column `{}`",
                first.name,
                field.name,
                field.column()
            );
            let finding = Finding::error("column-clash", message);
            let hint = "rename one, or give it a `db_column`";
            subject.report(&field.name, "db_column", finding.hint(hint));
        }
        seen.entry(column).or_insert(field);
    }
    let names = subject.model.fields.iter();
    for field in names.filter(|field| field.relation().is_some()) {
        let attribute = field.attname();
        if subject.model.field(&attribute).is_some() {
            let message = format!("`{attribute}` is what `{}` is stored as", field.name);
            let finding = Finding::error("field-clash", message);
            subject.report(&attribute, "", finding.hint("take another name"));
        }
    }
}

fn check_indexes(subject: &CheckedModel<'_>) {
    let options = &subject.model.options;
    for name in options
        .indexes
        .iter()
        .filter_map(|index| index.name.as_ref())
    {
        let starts_badly = name.starts_with(|c: char| c == '_' || c.is_ascii_digit());
        if starts_badly || name.chars().count() > MAX_INDEX_NAME_LENGTH {
            let message = format!("`{name}` cannot name an index");
            let finding = Finding::error("bad-name", message);
            let hint = format!("at most {MAX_INDEX_NAME_LENGTH} characters, no digit or `_` first");
            subject.report_option("indexes", finding.hint(hint));
        }
    }
}

fn check_ordering(subject: &CheckedModel<'_>) {
    for name in &subject.model.options.ordering {
        let bare = name.trim_start_matches(['-', '+']);
        let head = bare.split("__").next().unwrap_or(bare);
        let model = subject.model;
        let attribute = |field: &Field| field.attname() == bare;
        if head == "?"
            || head == "pk"
            || model.field(head).is_some()
            || model.fields.iter().any(attribute)
            || subject.declares(head)
        {
            continue;
        }
        let message = format!(
            "`ordering` names `{bare}`, which is not a field of `{}`",
            model.name
        );
        let mut finding = Finding::error("unknown-field", message);
        let names = model.fields.iter().map(|field| field.name.as_str());
        finding = finding.suggest(head, names);
        subject.report_option("ordering", finding);
    }
}

/// Checks the names that are shared by all models of the database.
pub(super) fn check_shared(subjects: &[CheckedModel<'_>]) {
    let tables = check_tables(subjects);
    check_index_names(subjects, &tables);
}

/// The models by their tables, in lower case, as SQLite compares names.
fn check_tables<'w>(subjects: &[CheckedModel<'w>]) -> HashMap<String, &'w String> {
    let mut tables = HashMap::new();
    for subject in subjects {
        let model = subject.model;
        if model.options.proxy_for.is_none() {
            check_quotes(subject);
            let taken = tables.insert(model.db_table().to_lowercase(), &model.name);
            report_taken(subject, "db_table", "table", &model.db_table(), taken);
        }
        let many = model.fields.iter().filter(|field| {
            matches!(&field.kind, FieldKind::ManyToMany(relation) if relation.through.is_none())
        });
        for field in many {
            let own = field
                .many_to_many()
                .and_then(|relation| relation.db_table.clone());
            let table = own.unwrap_or_else(|| format!("{}_{}", model.db_table(), field.name));
            if let Some(other) = tables.insert(table.to_lowercase(), &model.name) {
                let message = format!("the table `{table}` is that of `{other}` already");
                let finding = Finding::error("table-clash", message);
                subject.report(
                    &field.name,
                    "db_table",
                    finding.hint("give it a `db_table`"),
                );
            }
        }
    }
    tables
}

/// Django takes a name in quotes for one that is quoted already.
fn check_quotes(subject: &CheckedModel<'_>) {
    let table = subject.model.db_table();
    if let Some(bare) = table
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        let message = "`db_table` must not stand in quotes: Django would leave them out";
        let finding = Finding::error("wrong-name", message);
        subject.report_option("db_table", finding.hint(format!("write `{bare}`")));
    }
}

/// Checks the names of indexes and constraints; those of indexes must not be those of tables either.
fn check_index_names(subjects: &[CheckedModel<'_>], tables: &HashMap<String, &String>) {
    let mut names = HashMap::new();
    for subject in subjects {
        let model = subject.model;
        let options = &model.options;
        for name in options
            .indexes
            .iter()
            .filter_map(|index| index.name.as_ref())
        {
            let lower = name.to_lowercase();
            let taken = names.insert(lower.clone(), &model.name);
            report_taken(subject, "indexes", "index", name, taken);
            if let Some(other) = tables.get(&lower) {
                let message = format!("the index `{name}` has the name of the table of `{other}`");
                let finding = Finding::error("name-clash", message);
                subject.report_option(
                    "indexes",
                    finding.hint("tables and indexes share their names"),
                );
            }
        }
        for constraint in &options.constraints {
            let taken = names.insert(constraint.name.to_lowercase(), &model.name);
            report_taken(
                subject,
                "constraints",
                "constraint",
                &constraint.name,
                taken,
            );
        }
    }
}

fn report_taken(
    subject: &CheckedModel<'_>,
    option: &str,
    what: &str,
    name: &str,
    taken: Option<&String>,
) {
    if let Some(other) = taken {
        let message = format!("the {what} `{name}` is one of `{other}` already");
        let finding = Finding::error("name-clash", message);
        subject.report_option(
            option,
            finding.hint("names are shared by the whole database"),
        );
    }
}
