//! The filters of Django, by kind: each is a function of a [`FilterCall`].
//!
//! Where Jinja has a filter of the same name, what Jinja's users write keeps its meaning.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the tables of filters hold functions of one type"
)]

mod addresses;
mod call;
mod dates;
mod display;
mod escapes;
mod html;
mod lists;
mod logic;
mod numbers;
mod python_format;
mod strings;
mod urlize;

use std::ops::RangeInclusive;

use minijinja::value::{Rest, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State};

use crate::clock::Zone;
use crate::templates::escaping;
use crate::templates::filters::call::FilterCall;

/// A filter.
#[derive(Clone, Debug)]
pub(super) struct FilterSpec {
    /// Its name.
    pub(super) name: &'static str,
    /// How many arguments it takes, apart from the value.
    pub(super) arguments: RangeInclusive<usize>,
    run: fn(&FilterCall<'_>) -> Result<Value, Error>,
}

/// A row of a table of filters.
const fn filter(
    name: &'static str,
    arguments: RangeInclusive<usize>,
    run: fn(&FilterCall<'_>) -> Result<Value, Error>,
) -> FilterSpec {
    FilterSpec {
        name,
        arguments,
        run,
    }
}

/// All filters of Django.
pub(super) fn all() -> impl Iterator<Item = &'static FilterSpec> {
    let kinds = [
        addresses::FILTERS,
        dates::FILTERS,
        display::FILTERS,
        escapes::FILTERS,
        html::FILTERS,
        lists::FILTERS,
        logic::FILTERS,
        numbers::FILTERS,
        strings::FILTERS,
    ];
    kinds.into_iter().flatten()
}

/// Adds them to `environment`, whose project is in `zone`.
pub(super) fn add(environment: &mut Environment<'static>, zone: &Zone) {
    for spec in all() {
        let zone = zone.clone();
        let run = move |state: &mut State<'_, '_>, value: Value, arguments: Rest<Value>| {
            spec.call(state, &value, &arguments, &zone)
        };
        environment.add_filter(spec.name, run);
    }
    environment.add_filter("dictsort", lists::dictsort);
    environment.add_filter("join", lists::join);
    environment.add_filter("slice", lists::slice);
    environment.add_filter("tojson", display::tojson);
}

impl FilterSpec {
    fn call(
        &self,
        state: &State<'_, '_>,
        value: &Value,
        arguments: &[Value],
        zone: &Zone,
    ) -> Result<Value, Error> {
        if let Some(message) = self.wrong_count(arguments.len()) {
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
        escaping::check_called(state, value)?;
        // As in Django a name that the page does not know is an empty text.
        let nothing = Value::from("");
        (self.run)(&FilterCall {
            value: if value.is_undefined() {
                &nothing
            } else {
                value
            },
            arguments,
            autoescape: !matches!(state.auto_escape(), AutoEscape::None),
            zone,
        })
    }

    /// What is wrong with `count` arguments.
    pub(super) fn wrong_count(&self, count: usize) -> Option<String> {
        if self.arguments.contains(&count) {
            return None;
        }
        let (least, most) = (*self.arguments.start(), *self.arguments.end());
        let expected = match (least, most) {
            (0, 0) => "no argument".to_owned(),
            (least, most) if least == most => crate::text::count(most, "argument"),
            (0, most) => format!("at most {}", crate::text::count(most, "argument")),
            (least, most) => format!("{least} to {most} arguments"),
        };
        let name = self.name;
        Some(format!("the filter `{name}` takes {expected}, not {count}"))
    }
}

#[cfg(test)]
mod tests;
