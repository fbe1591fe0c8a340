//! The part of a list that somebody came from: `_changelist_filters`, which the pages of a row hand on (`preserve_filters`).

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::http::percent::{encode, safe};
use crate::views::HttpError;

/// The parameter that holds the query of the list.
pub(super) const PRESERVED: &str = "_changelist_filters";

/// What the address of the page of a row ends with, so that it leads back to the list with this `query`.
pub(super) fn preserved_query(query: &str) -> String {
    format!("?{PRESERVED}={}", encode(query, safe::NOTHING))
}

impl AdminRequest<'_, '_> {
    /// The address of the list of `admin`, at the part of it that somebody came from.
    pub(super) fn list_url(&self, admin: &ModelAdmin) -> Result<String, HttpError> {
        let list = self.url(&admin.url_name("changelist"), &[])?;
        let query = self.request.get()?;
        let kept = query.get(PRESERVED).filter(|_| admin.list.preserve_filters);
        // What follows `?` is a query whatever it holds, so that the address stays one of this list.
        Ok(kept.map_or(list.clone(), |kept| {
            format!("{list}?{}", kept.replace(['#', '\r', '\n'], ""))
        }))
    }

    /// What the addresses of other pages of the row end with, so that they hand on the part of the list.
    pub(super) fn handed_on(&self, admin: &ModelAdmin) -> Result<String, HttpError> {
        let query = self.request.get()?;
        let kept = query.get(PRESERVED).filter(|_| admin.list.preserve_filters);
        Ok(kept.map_or_else(String::new, preserved_query))
    }
}
