//! Conditions and expressions, as the tables they are read from.

use crate::models::Literal;
use crate::models::expression::query::QueryStep;
use crate::models::expression::{
    AggregateExpression, Comparison, Condition, Expression, IndexExpression, Lookup, OrderTerm,
    QueryExpression, RowQuery, SetOperation, WindowExpression, WindowFrame, WindowedFunction,
};
use crate::models::write::{field_table, key, literal, text};

/// A condition as an inline table.
pub fn condition(condition: &Condition) -> String {
    format!("{{ {} }}", entries(condition).join(", "))
}

fn entries(condition: &Condition) -> Vec<String> {
    match condition {
        Condition::All(parts) if is_flat(parts) => parts.iter().map(entry).collect(),
        other => vec![entry(other)],
    }
}

fn entry(condition: &Condition) -> String {
    match condition {
        Condition::All(parts) => format!("all = {}", list(parts)),
        Condition::Any(parts) => format!("any = {}", list(parts)),
        Condition::Xor(parts) => format!("xor = {}", list(parts)),
        Condition::Not(part) => format!("not = {}", self::condition(part)),
        Condition::Compare(comparison) => lookup(comparison),
        Condition::Holds(expression) => {
            let written = argument(expression);
            let inner = written
                .strip_prefix("{ ")
                .and_then(|rest| rest.strip_suffix(" }"));
            inner.unwrap_or(&written).to_owned()
        }
    }
}

/// Whether one table says the same: what combines, each once, then lookups as they are sorted.
fn is_flat(parts: &[Condition]) -> bool {
    let keys: Vec<_> = parts.iter().map(sort_key).collect();
    let distinct = |index: usize| !keys[..index].contains(&keys[index]);
    let in_order = |pair: &[(bool, String)]| match (pair[0].0, pair[1].0) {
        (true, true) => pair[0].1 < pair[1].1,
        (first, second) => first <= second,
    };
    keys.windows(2).all(in_order) && (0..keys.len()).all(distinct)
}

fn sort_key(condition: &Condition) -> (bool, String) {
    match condition {
        Condition::All(_) => (false, "all".to_owned()),
        Condition::Any(_) => (false, "any".to_owned()),
        Condition::Xor(_) => (false, "xor".to_owned()),
        Condition::Not(_) => (false, "not".to_owned()),
        Condition::Compare(comparison) => (true, name(comparison)),
        Condition::Holds(_) => (false, "Exists".to_owned()),
    }
}

fn list(parts: &[Condition]) -> String {
    let parts: Vec<_> = parts.iter().map(condition).collect();
    format!("[{}]", parts.join(", "))
}

fn name(comparison: &Comparison) -> String {
    let Comparison { field, lookup, .. } = comparison;
    if *lookup == Lookup::Exact && !matches!(field.as_str(), "any" | "all" | "not" | "xor") {
        return field.clone();
    }
    format!("{field}__{}", lookup.name())
}

fn lookup(comparison: &Comparison) -> String {
    let operands: Vec<_> = comparison.operands.iter().map(operand).collect();
    let value = if comparison.lookup.takes_list() {
        format!("[{}]", operands.join(", "))
    } else {
        operands.concat()
    };
    format!("{} = {value}", key(&name(comparison)))
}

/// An expression where text alone is a value.
pub fn operand(expression: &Expression) -> String {
    match expression {
        Expression::Value(value) if !is_compound(value) => literal(value),
        Expression::F(name) => format!("{{ F = {} }}", text(name)),
        other => argument(other),
    }
}

/// An expression where text alone is a field.
pub fn argument(expression: &Expression) -> String {
    match expression {
        Expression::F(name) => text(name),
        Expression::Value(value) if is_compound(value) || matches!(value, Literal::String(_)) => {
            format!("{{ Value = {} }}", literal(value))
        }
        Expression::Value(value) => literal(value),
        Expression::Parameter(name) => {
            let (source, name) = name.split_once('.').unwrap_or(("parameter", name));
            format!("{{ {} = {} }}", key(source), text(name))
        }
        Expression::Function(function, arguments) => call(function.name(), arguments),
        Expression::Combined(connector, arguments) => call(connector.name(), arguments),
        Expression::Cast(inner, field) => format!(
            "{{ Cast = {}, output_field = {} }}",
            argument(inner),
            field_table(field)
        ),
        Expression::Collate(inner, name) => {
            format!(
                "{{ Collate = {}, collation = {} }}",
                argument(inner),
                text(name)
            )
        }
        Expression::Case { cases, default } => case(cases, default.as_deref()),
        Expression::Q(inner) => format!("{{ Q = {} }}", condition(inner)),
        Expression::Query(expression) => query_expression(expression),
    }
}

fn is_compound(value: &Literal) -> bool {
    matches!(value, Literal::List(_) | Literal::Map(_))
}

fn call(name: &str, arguments: &[Expression]) -> String {
    let written: Vec<_> = arguments.iter().map(argument).collect();
    match written.as_slice() {
        [one] => format!("{{ {name} = {one} }}"),
        _ => format!("{{ {name} = [{}] }}", written.join(", ")),
    }
}

fn case(cases: &[(Condition, Expression)], default: Option<&Expression>) -> String {
    let cases: Vec<_> = cases
        .iter()
        .map(|(when, then)| {
            format!(
                "{{ when = {}, then = {} }}",
                condition(when),
                argument(then)
            )
        })
        .collect();
    let default = default.map(|value| format!(", default = {}", argument(value)));
    format!(
        "{{ Case = [{}]{} }}",
        cases.join(", "),
        default.unwrap_or_default()
    )
}

/// A part of an index.
pub fn index_expression(part: &IndexExpression) -> String {
    let inner = argument(&part.expression);
    match part.descending {
        Some(true) => format!("{{ desc = {inner} }}"),
        Some(false) => format!("{{ asc = {inner} }}"),
        None => inner,
    }
}

/// What only a query can compute.
fn query_expression(expression: &QueryExpression) -> String {
    let entries = match expression {
        QueryExpression::Aggregate(aggregate) => aggregate_entries(aggregate),
        QueryExpression::Typed(inner, field) => vec![
            format!("ExpressionWrapper = {}", argument(inner)),
            format!("output_field = {}", field_table(field)),
        ],
        QueryExpression::Extract { of, part, zone } => {
            let head = [
                format!("Extract = {}", argument(of)),
                format!("lookup_name = {}", text(part.name())),
            ];
            let zone = zone.iter().map(|zone| format!("tzinfo = {}", text(zone)));
            head.into_iter().chain(zone).collect()
        }
        QueryExpression::Truncate {
            of,
            part,
            zone,
            output_field,
        } => {
            let head = [
                format!("Trunc = {}", argument(of)),
                format!("kind = {}", text(part.name())),
            ];
            let zone = zone.iter().map(|zone| format!("tzinfo = {}", text(zone)));
            let output = output_field.iter();
            let output = output.map(|field| format!("output_field = {}", field_table(field)));
            head.into_iter().chain(zone).chain(output).collect()
        }
        QueryExpression::JsonObject(entries) => {
            let entries = entries.iter();
            let entries =
                entries.map(|(name, value)| format!("{} = {}", key(name), argument(value)));
            vec![format!(
                "JSONObject = {}",
                joined(&entries.collect::<Vec<_>>())
            )]
        }
        QueryExpression::KeyText(path) => vec![format!("KT = {}", text(path))],
        QueryExpression::OuterRef { path, levels } => {
            let inner =
                (1..*levels).fold(text(path), |inner, _| format!("{{ OuterRef = {inner} }}"));
            vec![format!("OuterRef = {inner}")]
        }
        QueryExpression::Subquery(inner) => vec![format!("Subquery = {}", query(inner))],
        QueryExpression::Exists(inner) => vec![format!("Exists = {}", query(inner))],
        QueryExpression::Window(inner) => window(inner),
        // There is no TOML for it.
        QueryExpression::Template(template) => {
            let parts = template.parts.iter().map(argument);
            let parts: Vec<_> = parts.collect();
            let sql = text(&template.texts.join("%s"));
            vec![
                format!("RawSQL = {sql}"),
                format!("params = [{}]", parts.join(", ")),
            ]
        }
        QueryExpression::FilteredRelation {
            relation,
            condition: rows,
        } => vec![
            format!("FilteredRelation = {}", text(relation)),
            format!("condition = {}", condition(rows)),
        ],
    };
    joined(&entries)
}

fn joined(entries: &[String]) -> String {
    if entries.is_empty() {
        return "{}".to_owned();
    }
    format!("{{ {} }}", entries.join(", "))
}

fn arguments(parts: &[Expression]) -> String {
    let parts: Vec<_> = parts.iter().map(argument).collect();
    format!("[{}]", parts.join(", "))
}

fn aggregate_entries(aggregate: &AggregateExpression) -> Vec<String> {
    let name = aggregate.function.name();
    let is_sample = aggregate.function.is_of_sample();
    let of = aggregate.of.as_ref().map_or_else(|| text("*"), argument);
    let mut entries = vec![format!("{name} = {of}")];
    for (flag, is_set) in [("sample", is_sample), ("distinct", aggregate.distinct)] {
        if is_set {
            entries.push(format!("{flag} = true"));
        }
    }
    let filter = aggregate.filter.iter();
    entries.extend(filter.map(|filter| format!("filter = {}", condition(filter))));
    let default = aggregate.default.iter();
    entries.extend(default.map(|default| format!("default = {}", operand(default))));
    entries
}

fn window(window: &WindowExpression) -> Vec<String> {
    let function = match &window.function {
        WindowedFunction::Function(function, arguments) => {
            format!("{{ {} = {} }}", function.name(), self::arguments(arguments))
        }
        WindowedFunction::Aggregate(aggregate) => joined(&aggregate_entries(aggregate)),
    };
    let mut entries = vec![format!("Window = {function}")];
    if !window.partition_by.is_empty() {
        entries.push(format!(
            "partition_by = {}",
            arguments(&window.partition_by)
        ));
    }
    if !window.order_by.is_empty() {
        entries.push(format!("order_by = {}", order(&window.order_by)));
    }
    let frame = window.frame.iter();
    entries.extend(frame.map(|frame| format!("frame = {}", self::frame(*frame))));
    entries
}

fn frame(frame: WindowFrame) -> String {
    let name = if frame.counts_rows {
        "RowRange"
    } else {
        "ValueRange"
    };
    let ends = [("start", frame.start), ("end", frame.end)].into_iter();
    let ends = ends.filter_map(|(end, at)| at.map(|at| format!("{end} = {at}")));
    format!("{{ {name} = {} }}", joined(&ends.collect::<Vec<_>>()))
}

fn order(terms: &[OrderTerm]) -> String {
    let terms: Vec<_> = terms.iter().map(order_term).collect();
    format!("[{}]", terms.join(", "))
}

fn order_term(term: &OrderTerm) -> String {
    let OrderTerm::Expression {
        expression,
        descending,
        nulls_first,
    } = term
    else {
        let OrderTerm::Path(path) = term else {
            return String::new();
        };
        return text(path);
    };
    let direction = if *descending { "desc" } else { "asc" };
    let nulls = match nulls_first {
        None => "",
        Some(true) => ", nulls_first = true",
        Some(false) => ", nulls_last = true",
    };
    format!("{{ {direction} = {}{nulls} }}", argument(expression))
}

/// A query.
fn query(query: &RowQuery) -> String {
    let calls = calls(query);
    let mut entries = vec![format!("model = {}", text(&query.model.to_string()))];
    if !calls.is_empty() {
        entries.push(format!("calls = [{}]", calls.join(", ")));
    }
    joined(&entries)
}

/// The calls of a query, those of the first one before what combines it with others.
fn calls(query: &RowQuery) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(combined) = &query.combined
        && let Some((first, others)) = combined.queries.split_first()
    {
        let name = match combined.operation {
            SetOperation::Union => "union",
            SetOperation::UnionAll => "union_all",
            SetOperation::Intersection => "intersection",
            SetOperation::Difference => "difference",
        };
        let others: Vec<_> = others.iter().map(self::query).collect();
        found.extend(calls(first));
        found.push(format!("{{ {name} = [{}] }}", others.join(", ")));
    }
    found.extend(query.steps.iter().map(step));
    let terms = query.order.iter();
    found.extend(terms.map(|terms| format!("{{ order_by = {} }}", order(terms))));
    let flags = [
        ("reverse", query.is_reversed),
        ("distinct", query.is_distinct),
    ]
    .into_iter();
    let flags = flags.filter(|(_, is_set)| *is_set);
    found.extend(flags.map(|(flag, _)| format!("{{ {flag} = true }}")));
    if query.is_sliced() {
        let limit = query.limit.map(|limit| format!(", limit = {limit}"));
        let limit = limit.unwrap_or_default();
        found.push(format!("{{ offset = {}{limit} }}", query.offset));
    }
    found
}

fn step(step: &QueryStep) -> String {
    match step {
        QueryStep::Filter(found) => format!("{{ filter = {} }}", condition(found)),
        QueryStep::Annotate {
            name,
            expression,
            is_selected,
        } => {
            let call = if *is_selected { "annotate" } else { "alias" };
            format!(
                "{{ {call} = {{ {} = {} }} }}",
                key(name),
                argument(expression)
            )
        }
        QueryStep::Values(paths) => {
            let paths: Vec<_> = paths.iter().map(|path| text(path)).collect();
            format!("{{ values = [{}] }}", paths.join(", "))
        }
    }
}
