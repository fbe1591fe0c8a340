//! Filters of addresses.

use minijinja::Error;
use minijinja::value::{Value, ValueKind};

use crate::http::percent;
use crate::templates::filters::call::FilterCall;
use crate::templates::filters::{FilterSpec, filter};

pub(super) const FILTERS: &[FilterSpec] = &[
    filter("iriencode", 0..=0, iriencode),
    filter("urlencode", 0..=1, urlencode),
];

fn iriencode(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(call.like_value(percent::encode(&call.text(), percent::safe::IRI)))
}

/// Text for an address, in which the characters of the argument stay; a map becomes a query, as in Jinja.
fn urlencode(call: &FilterCall<'_>) -> Result<Value, Error> {
    if call.value.kind() == ValueKind::Map {
        return minijinja::filters::urlencode(call.value).map(Value::from);
    }
    let safe = call.text_argument(percent::safe::SLASH);
    Ok(Value::from(percent::encode(&call.text(), &safe)))
}
