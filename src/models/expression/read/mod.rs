//! Conditions, expressions and queries, from their tables.

mod order;
mod query;
mod query_form;
mod schema;

pub use order::order_terms;
pub use query::{OtherCalls, query, query_calls, query_with};
pub use schema::{db_default, index_expressions, literals};

use crate::document::{Item, Table, TableReader, Value};
use crate::models::Field;
use crate::models::expression::{
    Comparison, Condition, Connector, Expression, FUNCTIONS, Function, FunctionSignature, Lookup,
};
use crate::models::read::{ReadContext, field, literal, unknown_name};

/// What combines conditions; a field of such a name is written with its lookup.
const COMBINING: [&str; 3] = ["any", "all", "not"];

/// What combines in queries alone: no schema of Django's says it in one word.
const XOR: &str = "xor";

/// The forms that are neither function nor operator.
const FORMS: [&str; 6] = ["F", "Value", "Cast", "Collate", "Case", "Q"];

/// What text stands for, where it stands alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BareString {
    /// A field, as in the arguments of a function.
    Field,
    /// Itself, as beside a lookup.
    Value,
}

/// The condition in `item`: `{ price__gte = 0, any = [{ a = 1 }, { b = 2 }] }`.
///
/// What combines stands first, in its order; lookups follow, sorted as Django sorts them.
pub fn condition(context: &ReadContext<'_>, item: &Item) -> Option<Condition> {
    let Some(table) = item.as_table() else {
        let message = "a condition must be a table of lookups".to_owned();
        context.report(item, "wrong-type", message, "write `{ price__gte = 0 }`");
        return None;
    };
    let (mut parts, mut lookups, mut sound) = (Vec::new(), Vec::new(), true);
    for entry in table.entries() {
        let key = entry.key.as_str();
        if COMBINING.contains(&key) || key == XOR && context.reads_queries() {
            match combined(context, key, &entry.item) {
                Some(part) => parts.push(part),
                None => sound = false,
            }
            continue;
        }
        if key == "Exists" && context.reads_queries() {
            match query(context, &entry.item) {
                Some(found) => parts.push(Condition::Holds(Box::new(Expression::exists(found)))),
                None => sound = false,
            }
            continue;
        }
        match comparison(context, key, &entry.item, &entry.origin) {
            Some(found) => lookups.push((key, found)),
            None => sound = false,
        }
    }
    if table.entries().is_empty() {
        let message = "a condition needs at least one lookup".to_owned();
        context.report(
            item,
            "empty-condition",
            message,
            "write `{ price__gte = 0 }`",
        );
        return None;
    }
    lookups.sort_by_key(|(key, _)| *key);
    parts.extend(
        lookups
            .into_iter()
            .map(|(_, found)| Condition::Compare(found)),
    );
    sound.then(|| joined(parts, Condition::All))
}

/// One condition stands for itself.
fn joined(mut parts: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        join(parts)
    }
}

fn combined(context: &ReadContext<'_>, key: &str, item: &Item) -> Option<Condition> {
    if key == "not" {
        return Some(match condition(context, item)? {
            Condition::Not(inner) => *inner,
            other => Condition::Not(Box::new(other)),
        });
    }
    let Value::Array(items) = &item.value else {
        let message = format!("`{key}` must be a list of conditions");
        let hint = format!("write `{key} = [{{ a = 1 }}, {{ b = 2 }}]`");
        context.report(item, "wrong-type", message, &hint);
        return None;
    };
    if items.is_empty() {
        let message = format!("`{key}` needs at least one condition");
        context.report(item, "empty-condition", message, "leave it out");
        return None;
    }
    let read: Vec<_> = items.iter().map(|item| condition(context, item)).collect();
    let parts = read.into_iter().collect::<Option<Vec<_>>>()?;
    let join = match key {
        "any" => Condition::Any,
        XOR => Condition::Xor,
        _ => Condition::All,
    };
    Some(joined(parts, join))
}

fn comparison(
    context: &ReadContext<'_>,
    key: &str,
    item: &Item,
    origin: &crate::document::Origin,
) -> Option<Comparison> {
    let (field, lookup) = match key.rsplit_once("__") {
        Some((field, last)) => match Lookup::named(last) {
            Some(lookup) if context.reads_queries() && lookup.is_of_json() => (field, lookup),
            Some(lookup) if !lookup.is_of_json() => (field, lookup),
            _ => (key, Lookup::Exact),
        },
        None => (key, Lookup::Exact),
    };
    let operands = operands(context, item, lookup)?;
    let comparison = Comparison {
        field: field.to_owned(),
        lookup,
        operands,
    };
    context.note_field(field, origin, Some(comparison.clone()));
    Some(comparison)
}

fn operands(context: &ReadContext<'_>, item: &Item, lookup: Lookup) -> Option<Vec<Expression>> {
    let wrong = |message: &str, hint: &str| {
        let name = lookup.name();
        context.report(item, "wrong-type", format!("`{name}` {message}"), hint);
        None
    };
    match (&item.value, lookup) {
        (Value::Array(items), Lookup::In) if items.is_empty() && !context.reads_queries() => {
            wrong("of an empty list holds for no row", "list what it may be")
        }
        (Value::Array(items), Lookup::Range) if items.len() != 2 => {
            wrong("needs two values", "write `price__range = [1, 10]`")
        }
        (Value::Array(items), _) if lookup.takes_list() => {
            let read = items
                .iter()
                .map(|item| expression(context, item, BareString::Value));
            read.collect::<Vec<_>>().into_iter().collect()
        }
        (Value::Table(table), Lookup::In) if stands_for_list(context, table) => {
            Some(vec![expression(context, item, BareString::Value)?])
        }
        _ if lookup.takes_list() => wrong("needs a list", "write `[1, 2]`"),
        (Value::Boolean(_), _) => Some(vec![Expression::Value(literal(item))]),
        (_, Lookup::IsNull) => wrong("needs `true` or `false`", "write `parent__isnull = true`"),
        _ => Some(vec![expression(context, item, BareString::Value)?]),
    }
}

/// Whether what `table` says is several values: those of a parameter, or of another query.
fn stands_for_list(context: &ReadContext<'_>, table: &Table) -> bool {
    let mut entries = table.entries().iter();
    entries.any(|entry| {
        let key = entry.key.as_str();
        context.parameter_sources().contains(&key) || (context.reads_queries() && key == "Subquery")
    })
}

/// The expression in `item`; `text` says what text alone stands for.
pub fn expression(context: &ReadContext<'_>, item: &Item, text: BareString) -> Option<Expression> {
    match &item.value {
        Value::String(name) if text == BareString::Field => {
            context.note_field(name, &item.origin, None);
            Some(Expression::F(name.clone()))
        }
        Value::Array(_) => {
            let message = "a list is not an expression".to_owned();
            context.report(
                item,
                "wrong-type",
                message,
                "write `{ Value = [..] }` for a value",
            );
            None
        }
        Value::Table(table) => call(context, item, table),
        _ => Some(Expression::Value(literal(item))),
    }
}

fn call(context: &ReadContext<'_>, item: &Item, table: &Table) -> Option<Expression> {
    let names = names(context);
    let Some(entry) = table
        .entries()
        .iter()
        .find(|entry| names.contains(&entry.key.as_str()))
    else {
        let problem = match table.entries().first() {
            Some(entry) => unknown_name(&entry.item, "expression", &entry.key, names.into_iter())
                .at(entry.origin.location()),
            None => item.error("wrong-type", "an expression must name what it does"),
        };
        context.problems().push(problem);
        return None;
    };
    let keys = table.reader(context.problems());
    let argument = keys.item(entry.key.as_str())?;
    let found = form(context, &entry.key, argument, &keys);
    let found = if context.reads_queries() && !takes_output_field(&entry.key) {
        query_form::typed(context, found, &keys)
    } else {
        found
    };
    keys.finish();
    found
}

/// Whether `output_field` is a part of the form itself.
fn takes_output_field(name: &str) -> bool {
    name == "Cast" || name.starts_with("Trunc")
}

/// The functions that may stand here.
fn functions(context: &ReadContext<'_>) -> Vec<&'static FunctionSignature> {
    if context.reads_queries() {
        FUNCTIONS.iter().collect()
    } else {
        Function::of_schemas().collect()
    }
}

/// The operators that may stand here.
fn connectors(context: &ReadContext<'_>) -> Vec<Connector> {
    if context.reads_queries() {
        let all = Connector::ALL.iter();
        all.map(|(_, connector)| *connector).collect()
    } else {
        Connector::OF_SCHEMAS.to_vec()
    }
}

fn names(context: &ReadContext<'_>) -> Vec<&'static str> {
    let functions = functions(context).into_iter();
    let connectors = connectors(context).into_iter();
    let of_queries = query_form::names(context);
    FORMS
        .into_iter()
        .chain(functions.map(|signature| signature.name))
        .chain(connectors.map(Connector::name))
        .chain(of_queries)
        .chain(context.parameter_sources().iter().copied())
        .collect()
}

/// What `name` makes of `item`: a form with parts of its own, a function or an operator.
fn form(
    context: &ReadContext<'_>,
    name: &str,
    item: &Item,
    keys: &TableReader<'_>,
) -> Option<Expression> {
    let inner = || expression(context, item, BareString::Field).map(Box::new);
    match name {
        "F" if item.as_str().is_some() => expression(context, item, BareString::Field),
        "F" => {
            let message = "`F` must be the name of a field".to_owned();
            context.report(item, "wrong-type", message, "write `{ F = \"start\" }`");
            None
        }
        "Value" => Some(Expression::Value(literal(item))),
        "Q" => condition(context, item).map(|found| Expression::Q(Box::new(found))),
        "Cast" => {
            let field = output_field(context, keys);
            let (inner, field) = inner().zip(field)?;
            Some(Expression::Cast(inner, field))
        }
        "Collate" => {
            let collation = keys.required::<String>("collation");
            let (inner, collation) = inner().zip(collation)?;
            let is_part = |letter: char| letter.is_alphanumeric() || "_-".contains(letter);
            if collation.is_empty() || !collation.chars().all(is_part) {
                let message = format!("`{collation}` is not the name of a collation");
                context.report(
                    item,
                    "wrong-collation",
                    message,
                    "write `collation = \"nocase\"`",
                );
                return None;
            }
            Some(Expression::Collate(inner, collation))
        }
        "Case" => case(context, item, keys),
        _ if context.parameter_sources().contains(&name) => parameter(context, name, item),
        _ if query_form::names(context).contains(&name) => {
            query_form::form(context, name, item, keys).map(Expression::from)
        }
        _ => applied(context, name, item),
    }
}

/// The parameter that `item` names within `source`.
fn parameter(context: &ReadContext<'_>, source: &str, item: &Item) -> Option<Expression> {
    if let Some(name) = item.as_str().filter(|name| !name.is_empty()) {
        let check = context.query_check();
        if !check.is_none_or(|check| check.has_parameter(source, name, item)) {
            return None;
        }
        return Some(Expression::Parameter(format!("{source}.{name}")));
    }
    let message = format!("`{source}` must be the name of a value");
    context.report(
        item,
        "wrong-type",
        message,
        "write `{ request = \"user\" }`",
    );
    None
}

/// The field under `output_field`, which says of what type a value is.
pub fn output_field(context: &ReadContext<'_>, keys: &TableReader<'_>) -> Option<Box<Field>> {
    if keys.source().get("output_field").is_none() {
        keys.required::<Item>("output_field");
        return None;
    }
    let item = keys.item("output_field")?;
    let Some(table) = item.as_table() else {
        let message = "`output_field` must be a table".to_owned();
        let hint = r#"write `output_field = { type = "IntegerField" }`"#;
        context.report(item, "wrong-type", message, hint);
        return None;
    };
    field(context, "", table, "").map(Box::new)
}

fn case(context: &ReadContext<'_>, item: &Item, keys: &TableReader<'_>) -> Option<Expression> {
    let default = keys.item("default");
    let default = default.map(|item| expression(context, item, BareString::Field));
    let Value::Array(items) = &item.value else {
        let message = "`Case` must be a list".to_owned();
        let hint = "write `Case = [{ when = { a = 1 }, then = 2 }], default = 3`";
        context.report(item, "wrong-type", message, hint);
        return None;
    };
    let read: Vec<_> = items.iter().map(|item| when(context, item)).collect();
    let cases = read.into_iter().collect::<Option<Vec<_>>>()?;
    let default = match default {
        Some(found) => Some(Box::new(found?)),
        None => None,
    };
    Some(Expression::Case { cases, default })
}

fn when(context: &ReadContext<'_>, item: &Item) -> Option<(Condition, Expression)> {
    let Some(table) = item.as_table() else {
        let message = "a case must be a table of `when` and `then`".to_owned();
        context.report(
            item,
            "wrong-type",
            message,
            "write `{ when = { a = 1 }, then = 2 }`",
        );
        return None;
    };
    let keys = table.reader(context.problems());
    let (when, then) = (keys.required::<Item>("when"), keys.required::<Item>("then"));
    keys.finish();
    let when = when.and_then(|item| condition(context, &item));
    let then = then.and_then(|item| expression(context, &item, BareString::Field));
    when.zip(then)
}

/// A function or an operator, and its arguments.
fn applied(context: &ReadContext<'_>, name: &str, item: &Item) -> Option<Expression> {
    let arguments = list(context, item.listed())?;
    let connector = connectors(context);
    let connector = connector.into_iter().find(|known| known.name() == name);
    let signature = functions(context);
    let signature = signature.into_iter().find(|known| known.name == name);
    let (least, most) = signature.map_or((2, usize::MAX), |known| (known.least, known.most));
    has_arity(context, Call { name, item }, arguments.len(), [least, most])?;
    match (connector, signature) {
        (Some(connector), _) => Some(Expression::Combined(connector, arguments)),
        (_, Some(known)) => Some(Expression::Function(known.function, arguments)),
        _ => None,
    }
}

/// A function that is called, and where.
#[derive(Clone, Copy)]
struct Call<'c> {
    name: &'c str,
    item: &'c Item,
}

/// Reports a call with too few or too many arguments.
fn has_arity(
    context: &ReadContext<'_>,
    call: Call<'_>,
    found: usize,
    [least, most]: [usize; 2],
) -> Option<()> {
    if (least..=most).contains(&found) {
        return Some(());
    }
    let Call { name, item } = call;
    let message = format!("`{name}` takes {}, not {found}", count(least, most));
    let hint = format!("write `{{ {name} = [..] }}`");
    context.report(item, "wrong-arity", message, &hint);
    None
}

/// The expressions in `items`, where text alone is a field.
fn list(context: &ReadContext<'_>, items: &[Item]) -> Option<Vec<Expression>> {
    let items = items.iter();
    let read: Vec<_> = items
        .map(|item| expression(context, item, BareString::Field))
        .collect();
    read.into_iter().collect()
}

fn count(least: usize, most: usize) -> String {
    match most {
        0 => "no arguments".to_owned(),
        usize::MAX => format!("{least} arguments or more"),
        _ if least == most => format!("{least} argument{}", if least == 1 { "" } else { "s" }),
        _ => format!("{least} to {most} arguments"),
    }
}
