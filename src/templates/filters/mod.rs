//! The filters of Django, by kind: each is a function of a [`FilterCall`].
//!
//! Where Jinja has a filter of the same name, what Jinja's users write keeps its meaning.

mod call;
mod dates;
mod escapes;

use std::ops::RangeInclusive;

use minijinja::value::{Rest, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State};

use crate::clock::Zone;
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
    let kinds = [dates::FILTERS, escapes::FILTERS];
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
        (self.run)(&FilterCall {
            value,
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
