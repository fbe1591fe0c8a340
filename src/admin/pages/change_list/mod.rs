//! The rows of a model (`ModelAdmin.changelist_view`).
//!
//! 1. `list_request` reads from the address what was searched for, sorted by, and which page is meant; `filters` and
//!    `address_lookups` what it asks of rows.
//! 2. `list_query` makes the query of it; `list_rows` counts and reads what the page shows.
//! 3. `actions` does something with the rows that were chosen, `list_editable` saves those that were changed on the page.
//! 4. `list_page` tells the template what it prints: `cells` are the values of the columns, `headers` what stands above
//!    them, `facets` and `date_hierarchy` what stands beside them.

mod action_rows;
mod actions;
mod address_lookups;
mod cells;
mod date_hierarchy;
mod day_range;
mod export;
mod facets;
mod filter_choices;
mod filters;
mod headers;
mod list_editable;
mod list_error;
mod list_page;
mod list_query;
mod list_request;
mod list_rows;
mod open_list;
mod range_filter;

pub(in crate::admin::pages) use cells::cell;

use std::sync::Arc;

use crate::admin::options::ModelAdmin;
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::list_request::ERROR;
use crate::admin::pages::change_list::open_list::OpenList;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::http::{Method, Response};
use crate::views::HttpError;

/// The rows of a model.
#[derive(Debug)]
pub(in crate::admin) struct ChangeListPage(pub(in crate::admin) Arc<ModelAdmin>);

impl AdminPage for ChangeListPage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        match self.answer(request) {
            Ok(response) => Ok(response),
            Err(ListError::Http(error)) => Err(error),
            Err(ListError::IncorrectLookup) => {
                let is_told = request.request.get()?.get(ERROR).is_some();
                if is_told {
                    // Nothing of the address is left that could be to blame.
                    let message = "the list of the admin asks for what the model does not have";
                    return Err(HttpError::internal(message, Vec::new()));
                }
                let list = request.url(&self.0.url_name("changelist"), &[])?;
                Ok(Response::redirect(&format!("{list}?{ERROR}=1"), false))
            }
        }
    }
}

impl ChangeListPage {
    fn answer(&self, request: &AdminRequest<'_, '_>) -> Result<Response, ListError> {
        let list = OpenList::open(request, &self.0)?;
        if request.request.method != Method::Post {
            return list.page(None);
        }
        if request.request.post()?.get("_save").is_some() {
            return list.save_rows();
        }
        list.run_action()
    }
}
