//! The pages that are rendered on a thread, noted for the tests of a project.

use std::cell::RefCell;

use crate::templates::Context;

thread_local! {
    /// The pages rendered since somebody took them; none while nobody wants them.
    static NOTED: RefCell<Option<Vec<NotedPage>>> = const { RefCell::new(None) };
}

/// A page that was rendered.
#[derive(Clone, Debug)]
pub struct NotedPage {
    /// Its template, and those that this one asked for, in order.
    pub templates: Vec<String>,
    /// What it knew.
    pub context: Context,
}

/// Says whether the pages of this thread are noted from now on.
pub fn note_pages(is_noting: bool) {
    NOTED.set(is_noting.then(Vec::new));
}

/// The pages that were noted since this was last asked, in the order in which they were done.
pub fn take_noted_pages() -> Vec<NotedPage> {
    NOTED.with_borrow_mut(|noted| noted.as_mut().map(std::mem::take).unwrap_or_default())
}

/// Whether the pages of this thread are noted.
pub(super) fn is_noting() -> bool {
    NOTED.with_borrow(Option::is_some)
}

/// Notes `page` where somebody wants to know.
pub(super) fn note(page: NotedPage) {
    NOTED.with_borrow_mut(|noted| {
        if let Some(noted) = noted {
            noted.push(page);
        }
    });
}
