//! What the address of a list asks for.

use crate::admin::options::{ModelAdmin, SortKey};
use crate::admin::pages::AdminRequest;
use crate::http::percent::{encode, safe};
use crate::templates::value::{Value, map};
use crate::views::{HttpError, SearchTerms};

/// The parameter of a list that an address asked too much of.
pub(super) const ERROR: &str = "e";

/// The parameter of a list whose filters tell how many rows they leave.
pub(super) const FACETS: &str = "_facets";

/// The parameters that say nothing of the rows.
const RESERVED: [&str; 8] = ["all", "o", "p", "q", ERROR, FACETS, "_popup", "_to_field"];

/// The parameters of a list.
#[derive(Clone, Debug)]
pub(super) struct ListRequest {
    /// What is searched for: `q`.
    pub(super) search: String,
    /// The words of it.
    pub(super) terms: SearchTerms,
    /// What rows are sorted by: `o`; none where nothing was chosen.
    pub(super) sort: Option<Vec<SortKey>>,
    /// The page, from 1: `p`.
    pub(super) page: u64,
    /// Whether all rows are to be on one page: `all`.
    pub(super) shows_all: bool,
    /// All parameters, in order.
    parameters: Vec<(String, String)>,
}

impl ListRequest {
    /// Reads the parameters of `request`.
    pub(super) fn read(
        request: &AdminRequest<'_, '_>,
        admin: &ModelAdmin,
    ) -> Result<Self, HttpError> {
        let query = request.request.get()?;
        let get = |name: &str| query.get(name).unwrap_or_default();
        let columns = admin.list.columns.len();
        let parameters = query.iter();
        Ok(Self {
            search: get("q").to_owned(),
            terms: SearchTerms::parse(get("q")),
            sort: query.get("o").map(|text| SortKey::parse(text, columns)),
            page: get("p").parse().ok().filter(|page| *page > 0).unwrap_or(1),
            shows_all: query.get("all").is_some(),
            parameters: parameters
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        })
    }

    /// The value of the parameter `name`; of several the last.
    pub(super) fn get(&self, name: &str) -> Option<&String> {
        let mut found = self.parameters.iter().rev();
        found
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// The parameters that say something of the rows: all but those of every list.
    pub(super) fn lookups(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.parameters.iter();
        let lookups = all.filter(|(name, _)| !RESERVED.contains(&name.as_str()));
        lookups.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// All parameters, as the address has them; none where it has none.
    pub(super) fn whole_query(&self) -> Option<String> {
        (!self.parameters.is_empty()).then(|| encoded(self.parameters.iter()))
    }

    /// The query of the same list where `name` is `value`, on its first page; without `name` where `value` is empty.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let new = Some((name.to_owned(), value.to_owned()));
        let new: Vec<_> = new
            .filter(|(_, value)| !value.is_empty())
            .into_iter()
            .collect();
        self.with_all(&[name], &new)
    }

    /// The query of the same list with `new` in the place of all parameters of these `names`, on its first page.
    pub(super) fn with_all(&self, names: &[&str], new: &[(String, String)]) -> String {
        let kept = self.parameters.iter();
        let kept = kept.filter(|(known, _)| !names.contains(&known.as_str()) && known != "p");
        format!("?{}", encoded(kept.chain(new)))
    }

    /// The parameters but these `names` and the page, for a form that keeps them.
    pub(super) fn kept_parameters(&self, names: &[&str]) -> Value {
        let kept = self.parameters.iter();
        let kept = kept.filter(|(known, _)| !names.contains(&known.as_str()) && known != "p");
        kept.map(|(name, value)| map([("name", name.clone()), ("value", value.clone())]))
            .collect()
    }
}

/// Parameters as an address writes them.
fn encoded<'p>(parameters: impl Iterator<Item = &'p (String, String)>) -> String {
    let pairs = parameters.map(|(name, value)| {
        let (name, value) = (encode(name, safe::NOTHING), encode(value, safe::NOTHING));
        format!("{name}={value}")
    });
    pairs.collect::<Vec<_>>().join("&")
}
