//! The style sheet that holds the colour of `[site]`: pages have no styles of their own, which their policy forbids.

use crate::http::Response;
use crate::views::{HttpError, Request, View, ViewMarks};

/// The colour of the admin, as a style sheet.
#[derive(Debug)]
pub(in crate::admin) struct ThemeView(pub(in crate::admin) Option<String>);

impl View for ThemeView {
    fn marks(&self) -> ViewMarks {
        ViewMarks::open()
    }

    fn respond(&self, _: &Request<'_>) -> Result<Response, HttpError> {
        let color = self.0.iter();
        let sheet =
            color.map(|color| format!(":root {{ --accent: {color}; --on-accent: #fff; }}\n"));
        let sheet: String = sheet.collect();
        Ok(Response::new(200, "text/css; charset=utf-8", sheet))
    }
}
