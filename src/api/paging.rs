//! Long lists in parts (`rest_framework.pagination`).

use std::num::NonZeroU64;

use crate::api::addresses;
use crate::api::answer::ApiError;
use crate::api::python;
use crate::http::QueryDict;
use crate::http::percent::{encode, safe};
use crate::pagination::{PageNumber, Paginator};
use crate::views::Request;

/// How a list is cut.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Paging {
    /// All of it.
    None,
    /// `?page=2`.
    Page { size: NonZeroU64 },
    /// `?limit=10&offset=20`.
    Limit { size: NonZeroU64, max: NonZeroU64 },
}

/// A part of a list.
#[derive(Debug)]
pub(super) struct ListPart {
    /// Which rows.
    pub(super) start: u64,
    pub(super) end: u64,
    /// Where the parts beside it are.
    pub(super) next: Option<String>,
    pub(super) previous: Option<String>,
}

impl Paging {
    /// The part of a list of `count` rows that `request` asks for; none where the whole is meant.
    pub(super) fn part(
        self,
        request: &Request<'_>,
        count: u64,
    ) -> Result<Option<ListPart>, ApiError> {
        let parameters = request.get()?;
        match self {
            Self::None => Ok(None),
            Self::Page { size } => page(request, &parameters, size, count).map(Some),
            Self::Limit { size, max } => Ok(Some(limited(
                request,
                &parameters,
                size.min(max),
                max,
                count,
            ))),
        }
    }
}

fn page(
    request: &Request<'_>,
    parameters: &QueryDict,
    size: NonZeroU64,
    count: u64,
) -> Result<ListPart, ApiError> {
    let paginator = Paginator::new(count, size);
    let asked = parameters.get("page").filter(|page| !page.is_empty());
    let number = match asked {
        None => PageNumber::Integer(1),
        Some("last") => {
            PageNumber::Integer(i64::try_from(paginator.num_pages()).unwrap_or(i64::MAX))
        }
        Some(text) => PageNumber::Text(text),
    };
    let page = paginator
        .page(number)
        .map_err(|_| ApiError::new(404, "Invalid page."))?;
    let address = |number: u64| {
        let number = (number > 1).then(|| number.to_string());
        with_parameters(request, parameters, &[("page", number)])
    };
    Ok(ListPart {
        start: page.bottom(),
        end: page.top(),
        next: page.next_page_number().ok().map(address),
        previous: page.previous_page_number().ok().map(address),
    })
}

fn limited(
    request: &Request<'_>,
    parameters: &QueryDict,
    size: NonZeroU64,
    max: NonZeroU64,
    count: u64,
) -> ListPart {
    let number = |name| parameters.get(name).and_then(python::int);
    let limit = number("limit").filter(|limit| *limit > 0);
    let limit = limit.map_or(i128::from(size.get()), |limit| {
        limit.min(i128::from(max.get()))
    });
    let offset = number("offset").filter(|offset| *offset >= 0).unwrap_or(0);
    let count = i128::from(count);
    let address = |offset: i128| {
        let offset = (offset > 0).then(|| offset.to_string());
        with_parameters(
            request,
            parameters,
            &[("limit", Some(limit.to_string())), ("offset", offset)],
        )
    };
    let end = offset.saturating_add(limit);
    let place = |place: i128| u64::try_from(place.min(count)).unwrap_or_default();
    ListPart {
        start: place(offset),
        end: place(end),
        next: (end < count).then(|| address(end)),
        previous: (offset > 0).then(|| address(offset - limit)),
    }
}

/// The address of `request` with other values of some parameters, in the order of their names.
fn with_parameters(
    request: &Request<'_>,
    parameters: &QueryDict,
    changes: &[(&str, Option<String>)],
) -> String {
    let mut pairs: Vec<(&str, &str)> = parameters.iter().collect();
    pairs.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let given = changes
        .iter()
        .filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    pairs.extend(given);
    pairs.sort_by_key(|(name, _)| *name);
    let quoted = |text: &str| encode(text, safe::NOTHING).replace("%20", "+");
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", quoted(name), quoted(value)))
        .collect();
    let path = encode(&request.path, safe::PATH);
    if pairs.is_empty() {
        return addresses::absolute(request, &path);
    }
    addresses::absolute(request, &format!("{path}?{}", pairs.join("&")))
}
