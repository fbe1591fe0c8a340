//! The filters beside a list: their choices, which of them is chosen, and the rows that it leaves.
//!
//! A choice is chosen where the address holds its parameters. They are named as Django's (`status__exact=DF`), so that
//! an address that somebody kept works here.

use crate::admin::options::{ListFilter, ListFilterKind, ModelAdmin};
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::filter_choices::{OpenChoice, choices};
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::list_request::ListRequest;
use crate::admin::pages::change_list::range_filter::OpenRange;
use crate::models::expression::Condition;
use crate::templates::value::{Value, map};

/// A filter with the choices of this moment.
#[derive(Clone, Debug)]
pub(super) struct OpenFilter {
    title: String,
    /// Its only parameter where its choices are those of a file.
    own_name: Option<String>,
    choices: Vec<OpenChoice>,
    /// The place of the one that the address asks for.
    chosen: Option<usize>,
    /// The values between which the rows are; none of a filter with choices.
    range: Option<OpenRange>,
}

impl OpenFilter {
    /// The filters of `admin` as `asked` has them.
    pub(super) fn all(
        request: &AdminRequest<'_, '_>,
        admin: &ModelAdmin,
        asked: &ListRequest,
    ) -> Result<Vec<Self>, ListError> {
        let open = |filter| Self::open(request, admin, filter, asked);
        admin.list.filters.iter().map(open).collect()
    }

    fn open(
        request: &AdminRequest<'_, '_>,
        admin: &ModelAdmin,
        filter: &ListFilter,
        asked: &ListRequest,
    ) -> Result<Self, ListError> {
        let choices = choices(request, admin, filter)?;
        let holds = |choice: &OpenChoice| {
            let mut parameters = choice.parameters.iter();
            parameters.all(|(name, value)| asked.get(name) == Some(value))
        };
        // Of two that the address holds, such as today and this year, the more special one is meant.
        let chosen = choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| holds(choice));
        let chosen = chosen.max_by_key(|(_, choice)| choice.parameters.len());
        let range = match filter.kind {
            ListFilterKind::Range => Some(OpenRange::open(request, admin, &filter.path, asked)?),
            _ => None,
        };
        Ok(Self {
            range,
            own_name: matches!(filter.kind, ListFilterKind::Own(_)).then(|| filter.path.clone()),
            title: filter.title.clone(),
            chosen: chosen.map(|(at, _)| at),
            choices,
        })
    }

    /// What it asks of rows; none where all are meant.
    pub(super) fn condition(&self) -> Option<&Condition> {
        match (&self.range, self.chosen) {
            (Some(range), _) => range.condition.as_ref(),
            (None, Some(at)) => self.choices.get(at).map(|choice| &choice.condition),
            (None, None) => None,
        }
    }

    /// What each of its choices asks of rows.
    pub(super) fn choice_conditions(&self) -> impl Iterator<Item = &Condition> {
        self.choices.iter().map(|choice| &choice.condition)
    }

    /// Whether the value that an address has for `name` is one of its own.
    pub(super) fn takes(&self, name: &str) -> bool {
        let of_choice = self.chosen.and_then(|at| self.choices.get(at));
        let mut parameters = of_choice.into_iter().flat_map(|choice| &choice.parameters);
        let mut range = self.range.iter().flat_map(|range| &range.names);
        // What is not a choice of a file's own filter changes nothing: only the file knows what it would mean.
        self.own_name.as_deref() == Some(name)
            || parameters.any(|(known, _)| known == name)
            || range.any(|known| known == name)
    }

    /// As the template prints it, each choice with the number of rows that it leaves, if `counts` are known; none where
    /// there is nothing to choose.
    pub(super) fn value(&self, asked: &ListRequest, counts: Option<&[u64]>) -> Option<Value> {
        if let Some(range) = &self.range {
            return Some(range.value(&self.title, asked));
        }
        if self.choices.is_empty() {
            return None;
        }
        let all = self.names();
        let entry =
            |label: &str, parameters: &[(String, String)], is_selected, count: Option<u64>| {
                map([
                    ("label", Value::from(label)),
                    ("query", Value::from(asked.with_all(&all, parameters))),
                    ("is_selected", Value::from(is_selected)),
                    ("count", Value::from(count)),
                ])
            };
        let choices = self.choices.iter().enumerate();
        let choices = choices.map(|(at, choice)| {
            let count = counts.and_then(|counts| counts.get(at).copied());
            entry(
                &choice.label,
                &choice.parameters,
                self.chosen == Some(at),
                count,
            )
        });
        let first = entry("All", &[], self.chosen.is_none(), None);
        Some(map([
            ("title", Value::from(self.title.as_str())),
            ("choices", [first].into_iter().chain(choices).collect()),
        ]))
    }

    /// The names of all its parameters.
    pub(super) fn names(&self) -> Vec<&str> {
        let parameters = self.choices.iter().flat_map(|choice| &choice.parameters);
        let range = self.range.iter().flat_map(|range| &range.names);
        let names = parameters.map(|(name, _)| name).chain(range);
        names.map(String::as_str).collect()
    }
}
