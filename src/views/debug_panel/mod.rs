//! The panel at the foot of each page with `debug = true`: what the page took, and what it was made of.
//!
//! 1. A [`RequestTrace`] notes statements and templates while the request is answered.
//! 2. [`add_panel`] writes them before the `</body>` of a whole page; fragments, JSON, streams and files stay as they are.
//!
//! It needs no script, and its style sheet is a file of this site, so that a `Content-Security-Policy` lets it pass.
//! What is secret is masked: a page is shown to others sooner than one thinks.

mod place;
mod queries;
mod sections;
mod trace;

pub(super) use place::{add_panel, style_sheet};
pub(super) use trace::{RenderedTemplate, RequestTrace};
