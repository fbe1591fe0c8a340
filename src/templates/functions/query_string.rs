//! `querystring(page=2)`: the query of the page with some of it changed.

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Error, State};

use crate::http::percent;

/// The query of `query`, or of the request, with the parameters of `changes`: none removes one, a list sets it
/// several times.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands arguments over so"
)]
pub(super) fn querystring(
    state: &mut State<'_, '_>,
    query: Option<Value>,
    changes: Kwargs,
) -> Result<String, Error> {
    let query = match query.filter(|query| !query.is_none() && !query.is_undefined()) {
        Some(query) => query,
        None => of_request(state),
    };
    let mut parameters = parameters(state, &query)?;
    let had_any = !parameters.is_empty();
    for name in changes.args().map(ToOwned::to_owned).collect::<Vec<_>>() {
        let value: Value = changes.get(&name)?;
        change(&mut parameters, name, &value)?;
    }
    if parameters.is_empty() && !had_any {
        return Ok(String::new());
    }
    let pairs = parameters.iter().flat_map(|parameter| {
        let name = encoded(&parameter.name);
        let values = parameter.values.iter();
        values.map(move |value| format!("{name}={}", encoded(value)))
    });
    Ok(format!("?{}", pairs.collect::<Vec<_>>().join("&")))
}

/// A parameter and all its values.
struct Parameter {
    name: String,
    values: Vec<String>,
}

fn of_request(state: &State<'_, '_>) -> Value {
    let request = state.lookup("request").unwrap_or_default();
    request.get_attr("GET").unwrap_or_default()
}

fn parameters(state: &mut State<'_, '_>, query: &Value) -> Result<Vec<Parameter>, Error> {
    let mut parameters: Vec<Parameter> = Vec::new();
    if query.is_undefined() {
        return Ok(parameters);
    }
    for name in query.try_iter()? {
        let text = name.to_string();
        if parameters.iter().any(|known| known.name == text) {
            continue;
        }
        let values = match query.call_method(state, "getlist", std::slice::from_ref(&name)) {
            Ok(values) => texts(&values)?,
            Err(_) => vec![query.get_item(&name)?.to_string()],
        };
        parameters.push(Parameter { name: text, values });
    }
    Ok(parameters)
}

fn change(parameters: &mut Vec<Parameter>, name: String, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        parameters.retain(|known| known.name != name);
        return Ok(());
    }
    let values = texts(value)?;
    match parameters.iter_mut().find(|known| known.name == name) {
        Some(known) => known.values = values,
        None => parameters.push(Parameter { name, values }),
    }
    Ok(())
}

fn texts(value: &Value) -> Result<Vec<String>, Error> {
    match value.kind() {
        ValueKind::Seq | ValueKind::Iterable => {
            Ok(value.try_iter()?.map(|item| item.to_string()).collect())
        }
        _ => Ok(vec![value.to_string()]),
    }
}

/// As in the body of a form: a space is a plus.
fn encoded(text: &str) -> String {
    percent::encode(text, " ").replace(' ', "+")
}
