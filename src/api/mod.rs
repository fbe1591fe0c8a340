//! JSON over HTTP, in the shapes of Django REST framework: `view = "api.model"`, `view = "api.root"`.
//!
//! * [`model_view`] answers, [`exchange`] acts on rows, [`serializer`] says what a row looks like and what may be sent.
//! * [`negotiation`] and [`body`] find out in which form; [`access`] and [`throttle`] who may, and how often.
//! * [`filters`], [`filter_field`] and [`paging`] find the rows that a client asks for.
//! * [`root`] lists what there is. [`browsable`] shows it all to people, [`openapi`] to programs.

mod access;
mod addresses;
mod answer;
mod body;
mod browsable;
mod entry;
mod exchange;
mod field_schema;
mod filter_field;
mod filters;
mod json_object;
mod json_response;
mod metadata;
mod model_view;
mod negotiation;
mod openapi;
mod paging;
mod place;
mod python;
mod request_data;
mod root;
mod serializer;
mod stored_files;
mod throttle;
mod write;

use crate::views::RegisteredView;

/// The views of APIs.
pub const VIEWS: &[RegisteredView] = &[
    ("api.model", model_view::build),
    ("api.root", root::build),
    ("api.schema", openapi::build),
];
