//! The forms of expressions that only a query can compute.

use super::{BareString, Call, condition, expression, has_arity, list, output_field, query};
use crate::document::{Item, TableReader};
use crate::models::Literal;
use crate::models::expression::{
    AggregateExpression, AggregateFunction, DateComponent, Expression, QueryExpression,
    WindowExpression, WindowFrame, WindowFunction, WindowedFunction,
};
use crate::models::read::{ReadContext, one_of, unknown_name};

/// The aggregate of this name.
fn aggregate_named(name: &str) -> Option<AggregateFunction> {
    let mut all = AggregateFunction::ALL.into_iter();
    all.find(|function| function.name() == name)
}

/// Parts of dates that have a function of their own: `ExtractYear`.
const EXTRACTS: [(&str, DateComponent); 11] = [
    ("ExtractDay", DateComponent::Day),
    ("ExtractHour", DateComponent::Hour),
    ("ExtractIsoWeekDay", DateComponent::IsoWeekDay),
    ("ExtractIsoYear", DateComponent::IsoYear),
    ("ExtractMinute", DateComponent::Minute),
    ("ExtractMonth", DateComponent::Month),
    ("ExtractQuarter", DateComponent::Quarter),
    ("ExtractSecond", DateComponent::Second),
    ("ExtractWeek", DateComponent::Week),
    ("ExtractWeekDay", DateComponent::WeekDay),
    ("ExtractYear", DateComponent::Year),
];

/// What dates are cut off to by a function of its own: `TruncMonth`.
const TRUNCATIONS: [(&str, DateComponent); 10] = [
    ("TruncDate", DateComponent::Date),
    ("TruncDay", DateComponent::Day),
    ("TruncHour", DateComponent::Hour),
    ("TruncMinute", DateComponent::Minute),
    ("TruncMonth", DateComponent::Month),
    ("TruncQuarter", DateComponent::Quarter),
    ("TruncSecond", DateComponent::Second),
    ("TruncTime", DateComponent::Time),
    ("TruncWeek", DateComponent::Week),
    ("TruncYear", DateComponent::Year),
];

/// The forms with parts of their own.
const FORMS: [&str; 10] = [
    "ExpressionWrapper",
    "Extract",
    "Trunc",
    "JSONObject",
    "KT",
    "OuterRef",
    "Subquery",
    "Exists",
    "Window",
    "FilteredRelation",
];

/// The names of the forms, where a query is read.
pub(super) fn names(context: &ReadContext<'_>) -> Vec<&'static str> {
    if !context.reads_queries() {
        return Vec::new();
    }
    let aggregates = AggregateFunction::ALL
        .into_iter()
        .map(AggregateFunction::name);
    let extracts = EXTRACTS.iter().map(|(name, _)| *name);
    let truncations = TRUNCATIONS.iter().map(|(name, _)| *name);
    let dates = extracts.chain(truncations);
    FORMS.into_iter().chain(aggregates).chain(dates).collect()
}

/// What `name` makes of `item`.
pub(super) fn form(
    context: &ReadContext<'_>,
    name: &str,
    item: &Item,
    keys: &TableReader<'_>,
) -> Option<QueryExpression> {
    let inner = || expression(context, item, BareString::Field);
    if let Some(function) = aggregate_named(name) {
        return aggregate(context, function, item, keys).map(QueryExpression::Aggregate);
    }
    if let Some((_, part)) = EXTRACTS.iter().find(|(known, _)| *known == name) {
        let (of, zone) = (inner(), keys.optional("tzinfo"));
        let (of, part) = (of?, *part);
        return Some(QueryExpression::Extract { of, part, zone });
    }
    if let Some((_, part)) = TRUNCATIONS.iter().find(|(known, _)| *known == name) {
        return truncation(context, item, *part, keys);
    }
    match name {
        "ExpressionWrapper" => {
            let field = output_field(context, keys);
            let (of, field) = inner().zip(field)?;
            Some(QueryExpression::Typed(of, field))
        }
        "Extract" => {
            let (of, zone) = (inner(), keys.optional("tzinfo"));
            let part = date_part(keys, "lookup_name");
            let (of, part) = of.zip(part)?;
            Some(QueryExpression::Extract { of, part, zone })
        }
        "Trunc" => {
            let part = date_part(keys, "kind")?;
            truncation(context, item, part, keys)
        }
        "JSONObject" => json_object(context, item),
        "KT" => {
            let path = path(context, item, "KT")?;
            context.note_field(&path, &item.origin, None);
            Some(QueryExpression::KeyText(path))
        }
        "OuterRef" => outer_ref(context, item),
        "Subquery" => query(context, item).map(QueryExpression::Subquery),
        "Exists" => query(context, item).map(QueryExpression::Exists),
        "Window" => window(context, item, keys).map(QueryExpression::Window),
        "FilteredRelation" => filtered_relation(context, item, keys),
        _ => None,
    }
}

/// The expression with the kind that `output_field` beside it says, if it is there.
pub(super) fn typed(
    context: &ReadContext<'_>,
    found: Option<Expression>,
    keys: &TableReader<'_>,
) -> Option<Expression> {
    if keys.source().get("output_field").is_none() || keys.requested().contains(&"output_field") {
        return found;
    }
    let field = output_field(context, keys);
    let (found, field) = found.zip(field)?;
    Some(QueryExpression::Typed(found, field).into())
}

fn date_part(keys: &TableReader<'_>, key: &'static str) -> Option<DateComponent> {
    if keys.source().get(key).is_none() {
        keys.required::<String>(key);
        return None;
    }
    one_of(keys, key, &DateComponent::ALL)
}

fn truncation(
    context: &ReadContext<'_>,
    item: &Item,
    part: DateComponent,
    keys: &TableReader<'_>,
) -> Option<QueryExpression> {
    let zone = keys.optional("tzinfo");
    let output_field = match keys.source().get("output_field") {
        Some(_) => Some(output_field(context, keys)?),
        None => None,
    };
    Some(QueryExpression::Truncate {
        of: expression(context, item, BareString::Field)?,
        part,
        zone,
        output_field,
    })
}

fn aggregate(
    context: &ReadContext<'_>,
    function: AggregateFunction,
    item: &Item,
    keys: &TableReader<'_>,
) -> Option<AggregateExpression> {
    let is_sample = keys.or("sample", false);
    let distinct = keys.or("distinct", false);
    let filter = keys.item("filter").map(|item| condition(context, item));
    let default = keys.item("default");
    let default = default.map(|item| expression(context, item, BareString::Value));
    let of = match item.as_str() {
        Some("*") if function == AggregateFunction::Count => None,
        _ => Some(expression(context, item, BareString::Field)?),
    };
    Some(AggregateExpression {
        function: if is_sample {
            function.of_sample()
        } else {
            function
        },
        of,
        distinct,
        filter: match filter {
            Some(filter) => Some(filter?),
            None => None,
        },
        default: match default {
            Some(default) => Some(default?),
            None => None,
        },
    })
}

fn json_object(context: &ReadContext<'_>, item: &Item) -> Option<QueryExpression> {
    let Some(table) = item.as_table() else {
        let message = "`JSONObject` must be a table".to_owned();
        let hint = "write `{ JSONObject = { name = \"title\" } }`";
        context.report(item, "wrong-type", message, hint);
        return None;
    };
    let mut entries = Vec::new();
    for entry in table.entries() {
        let value = expression(context, &entry.item, BareString::Field)?;
        entries.push((entry.key.clone(), value));
    }
    Some(QueryExpression::JsonObject(entries))
}

fn path(context: &ReadContext<'_>, item: &Item, name: &str) -> Option<String> {
    if let Some(path) = item.as_str() {
        return Some(path.to_owned());
    }
    let message = format!("`{name}` must be a path");
    let hint = format!("write `{{ {name} = \"data__name\" }}`");
    context.report(item, "wrong-type", message, &hint);
    None
}

/// `{ FilteredRelation = "comments", condition = { comments__spam = false } }`
fn filtered_relation(
    context: &ReadContext<'_>,
    item: &Item,
    keys: &TableReader<'_>,
) -> Option<QueryExpression> {
    let relation = path(context, item, "FilteredRelation");
    if let Some(relation) = &relation {
        context.note_field(relation, &item.origin, None);
    }
    keys.required::<Item>("condition");
    let found = keys
        .item("condition")
        .and_then(|item| condition(context, item));
    let (relation, condition) = relation.zip(found)?;
    Some(QueryExpression::FilteredRelation {
        relation,
        condition,
    })
}

/// `{ OuterRef = "pk" }`, or `{ OuterRef = { OuterRef = "pk" } }` of the query around the one around.
fn outer_ref(context: &ReadContext<'_>, item: &Item) -> Option<QueryExpression> {
    let (mut inner, mut levels) = (item, 1);
    while let Some(next) = inner.as_table().and_then(|table| table.get("OuterRef")) {
        inner = next;
        levels += 1;
    }
    let path = path(context, inner, "OuterRef")?;
    context.note_outer_field(&path, &inner.origin, levels);
    Some(QueryExpression::OuterRef { path, levels })
}

fn window(
    context: &ReadContext<'_>,
    item: &Item,
    keys: &TableReader<'_>,
) -> Option<WindowExpression> {
    let partition_by = keys
        .item("partition_by")
        .map(|item| list(context, item.listed()));
    let order_by = keys.item("order_by");
    let order_by = order_by.map(|item| super::order::order_terms(context, item));
    let frame = keys.item("frame").map(|item| frame(context, item));
    let function = windowed_function(context, item)?;
    Some(WindowExpression {
        function,
        partition_by: match partition_by {
            Some(found) => found?,
            None => Vec::new(),
        },
        order_by: match order_by {
            Some(found) => found?,
            None => Vec::new(),
        },
        frame: match frame {
            Some(found) => Some(found?),
            None => None,
        },
    })
}

fn windowed_function(context: &ReadContext<'_>, item: &Item) -> Option<WindowedFunction> {
    let functions = WindowFunction::ALL.iter();
    let aggregates = AggregateFunction::ALL
        .into_iter()
        .map(AggregateFunction::name);
    let names: Vec<_> = functions
        .map(|(name, ..)| *name)
        .chain(aggregates)
        .collect();
    let entries = item.as_table().map(crate::document::Table::entries);
    let mut entries = entries.unwrap_or_default().iter();
    let Some(entry) = entries.find(|entry| names.contains(&entry.key.as_str())) else {
        let first = item.as_table().and_then(|table| table.entries().first());
        let key = first.map_or("", |entry| entry.key.as_str());
        let problem = unknown_name(item, "function of windows", key, names.into_iter());
        context.problems().push(problem);
        return None;
    };
    let table = item.as_table()?;
    let keys = table.reader(context.problems());
    let argument = keys.item(entry.key.as_str())?;
    let mut functions = WindowFunction::ALL.iter();
    let known = functions.find(|(name, ..)| *name == entry.key);
    let found = if let Some((name, function, arity)) = known {
        let arguments = list(context, argument.listed())?;
        let item = argument;
        has_arity(context, Call { name, item }, arguments.len(), *arity)?;
        has_positive_number(context, Call { name, item }, *function, &arguments)?;
        Some(WindowedFunction::Function(*function, arguments))
    } else {
        let function = aggregate_named(&entry.key)?;
        let found = aggregate(context, function, argument, &keys);
        found.map(WindowedFunction::Aggregate)
    };
    keys.finish();
    found
}

/// Reports a count of rows that is not one: how many groups there are, or how far away a row is.
fn has_positive_number(
    context: &ReadContext<'_>,
    call: Call<'_>,
    function: WindowFunction,
    arguments: &[Expression],
) -> Option<()> {
    let place = match function {
        WindowFunction::Ntile => 0,
        WindowFunction::Lag | WindowFunction::Lead | WindowFunction::NthValue => 1,
        _ => return Some(()),
    };
    if let Some(Expression::Value(Literal::Integer(..=0))) = arguments.get(place) {
        let message = format!("`{}` needs a number above zero", call.name);
        context.report(call.item, "wrong-value", message, "count from 1");
        return None;
    }
    Some(())
}

/// `{ RowRange = { start = -2, end = 0 } }`; without a number, the frame has no end.
fn frame(context: &ReadContext<'_>, item: &Item) -> Option<WindowFrame> {
    let keys = item
        .as_table()
        .map(|table| table.reader(context.problems()));
    let Some(keys) = keys else {
        let message = "`frame` must be a table".to_owned();
        let hint = "write `{ RowRange = { start = -2, end = 0 } }`";
        context.report(item, "wrong-type", message, hint);
        return None;
    };
    let (rows, values) = (keys.table("RowRange"), keys.table("ValueRange"));
    let counts_rows = rows.is_some();
    let ends = rows.or(values);
    let found = ends.map(|ends| {
        let (start, end) = (ends.optional("start"), ends.optional("end"));
        ends.finish();
        WindowFrame {
            counts_rows,
            start,
            end,
        }
    });
    keys.finish();
    found.filter(|frame| has_order(context, item, frame))
}

/// Reports a frame that ends before it begins, or one of values that leaves out the row itself.
fn has_order(context: &ReadContext<'_>, item: &Item, frame: &WindowFrame) -> bool {
    let wrong = match (frame.start, frame.end) {
        (Some(start), Some(end)) if start > end => "a frame begins before it ends",
        (Some(1..), _) | (_, Some(..=-1)) if !frame.counts_rows => {
            "a frame of values begins at the row or before it, and ends at the row or behind it"
        }
        _ => return true,
    };
    let hint = "write `{ start = -2, end = 0 }`";
    context.report(item, "wrong-frame", wrong.to_owned(), hint);
    false
}
