//! What templates ask of a query: methods that read, each also without its brackets. None of them writes.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::models::Literal;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::query::Query;
use crate::templates::value::{
    Enumerator, Error, ErrorKind, IDENTITY, Kwargs, Object, ObjectRepr, PART, State, Value,
    from_args, unknown_method,
};
use crate::values;
use crate::views::HttpError;
use crate::views::rows::meta_value::MetaValue;
use crate::views::rows::{QueryValue, RowValue, never_known};

/// The error as the value that a template stops at.
fn failed(error: &HttpError) -> Value {
    error.to_template_error().into()
}

impl Object for QueryValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if let Some(name) = key.as_str() {
            return self.get_value_by_str(name);
        }
        let found = self.row(key.as_usize()?);
        found.unwrap_or_else(|error| Some(failed(&error)))
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let found = attribute(self, key);
        found.unwrap_or_else(|error| Some(failed(&error)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match self.len() {
            Ok(length) => Enumerator::Seq(length),
            Err(error) => Enumerator::Iter(Box::new(std::iter::once(failed(&error)))),
        }
    }

    /// Reads the rows, as Django does: a page that asks whether there are any goes on to show them.
    fn is_true(self: &Arc<Self>) -> bool {
        // The loop behind `if` fails, in whose line the error belongs.
        self.len().map_or(true, |length| length > 0)
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let found = call(self, method, args)?;
        found.ok_or_else(|| unknown_method("QuerySet", method))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 20;
        let length = self.len().unwrap_or_default();
        f.write_str("<QuerySet [")?;
        for index in 0..length.min(SHOWN) {
            if index > 0 {
                f.write_str(", ")?;
            }
            if let Ok(Some(row)) = self.row(index) {
                let model = row
                    .downcast_object_ref::<RowValue>()
                    .and_then(RowValue::instance);
                let name = model
                    .map(|row| row.model().name.clone())
                    .unwrap_or_default();
                write!(f, "<{name}: {row}>")?;
            }
        }
        if length > SHOWN {
            f.write_str(", '...(remaining elements truncated)...'")?;
        }
        f.write_char(']')?;
        f.write_char('>')
    }
}

/// What `name` without brackets is of `rows`; `None` for an unknown name.
fn attribute(rows: &Arc<QueryValue>, name: &str) -> Result<Option<Value>, HttpError> {
    Ok(Some(match name {
        // Of rows that are there a part is taken, as of any list.
        PART if !rows.is_loaded() => Value::from(true),
        "all" => Value::from_dyn_object(Arc::clone(rows)),
        "count" => Value::from(rows.count()?),
        "exists" => Value::from(rows.exists()?),
        "first" => end(rows, false)?,
        "last" => end(rows, true)?,
        "model" => match rows.query() {
            Some(query) => {
                let model = &rows.loader().model(query.model())?.model;
                Value::from_object(MetaValue(Arc::clone(model)))
            }
            None => return Ok(None),
        },
        _ => return Ok(None),
    }))
}

/// What the method returns; `None` for one that there is not.
fn call(rows: &Arc<QueryValue>, method: &str, args: &[Value]) -> Result<Option<Value>, Error> {
    let changed = match method {
        "filter" => {
            let condition = condition(args)?;
            rows.changed(|query| Ok(condition.into_iter().fold(query, Query::filter)))
        }
        "exclude" => {
            let condition = condition(args)?;
            rows.changed(|query| Ok(condition.into_iter().fold(query, Query::exclude)))
        }
        "order_by" => {
            let terms: (Vec<String>,) = from_args(&[Value::from(args.to_vec())])?;
            rows.changed(|query| Ok(query.order_by(terms.0)))
        }
        "reverse" => rows.changed(|query| Ok(query.reverse())),
        PART => {
            let (start, end): (Option<u64>, Option<u64>) = from_args(args)?;
            rows.changed(|query| Ok(query.slice(start.unwrap_or(0), end)))
        }
        "distinct" => rows.changed(|query| Ok(query.distinct())),
        _ if args.is_empty() => {
            return attribute(rows, method).map_err(|error| error.to_template_error());
        }
        _ => return Ok(None),
    };
    changed.map(Some)
}

/// The first row, or the last; without an order that of the keys.
///
/// Rows that are a part of others are read: their order cannot be turned any more.
fn end(rows: &Arc<QueryValue>, is_last: bool) -> Result<Value, HttpError> {
    let Some(query) = rows.query() else {
        return Ok(Value::from(()));
    };
    if rows.is_loaded() || query.is_sliced() {
        let place = if is_last {
            rows.len()?.checked_sub(1)
        } else {
            Some(0)
        };
        let row = place.map_or(Ok(None), |place| rows.row(place))?;
        return Ok(row.unwrap_or_else(|| Value::from(())));
    }
    let model = &rows.loader().model(query.model())?.model;
    let ordered = query.clone().in_some_order(model);
    let query = if is_last { ordered.reverse() } else { ordered };
    Ok(rows.first_of(query)?.unwrap_or_else(|| Value::from(())))
}

/// The condition that `filter(status="PB", tags__name="rust")` means; none without arguments.
fn condition(args: &[Value]) -> Result<Option<Condition>, Error> {
    let (named,): (Kwargs,) = from_args(args)?;
    let mut parts = Vec::new();
    for name in named.args().collect::<Vec<_>>() {
        let value: Value = named.get(name)?;
        let (field, lookup) = match name.rsplit_once("__") {
            Some((field, last)) => match Lookup::named(last) {
                Some(lookup) => (field, lookup),
                None => (name, Lookup::Exact),
            },
            None => (name, Lookup::Exact),
        };
        if is_visitor(&value) {
            parts.push(never_known());
            continue;
        }
        parts.push(Condition::Compare(Comparison {
            field: field.to_owned(),
            lookup,
            operands: operands(lookup, &value)?,
        }));
    }
    Ok((!parts.is_empty()).then_some(Condition::All(parts)))
}

/// Whether `value` is the user of somebody who is not logged in: of their rows nothing is known.
fn is_visitor(value: &Value) -> bool {
    let identity = value
        .as_object()
        .and_then(|object| object.get_value_by_str(IDENTITY));
    identity.is_some_and(|identity| identity.is_none())
}

fn operands(lookup: Lookup, value: &Value) -> Result<Vec<Expression>, Error> {
    let literals = if lookup.takes_list() {
        let items = value.try_iter()?;
        items
            .map(|item| literal(&item))
            .collect::<Result<Vec<_>, _>>()?
    } else {
        vec![literal(value)?]
    };
    Ok(literals.into_iter().map(Expression::Value).collect())
}

fn literal(value: &Value) -> Result<Literal, Error> {
    if let Some(row) = value.downcast_object_ref::<RowValue>() {
        let key = row.instance().map(|row| values::to_literal(row.key()));
        return Ok(key.unwrap_or(Literal::Null));
    }
    if let Some(object) = value.as_object()
        && object.get_value_by_str(IDENTITY).is_some()
    {
        return literal(&object.get_value_by_str("pk").unwrap_or_default());
    }
    if value.is_none() || value.is_undefined() {
        return Ok(Literal::Null);
    }
    if let Ok(value) = bool::try_from(value.clone()) {
        return Ok(Literal::Boolean(value));
    }
    if value.is_integer() {
        let number = i64::try_from(value.clone())?;
        return Ok(Literal::Integer(number));
    }
    if value.is_number() {
        return Ok(Literal::Float(f64::try_from(value.clone())?));
    }
    if value.try_iter().is_ok() && value.as_str().is_none() {
        let message = "a list can only be compared by `__in` and `__range`";
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    Ok(Literal::String(value.to_string()))
}
