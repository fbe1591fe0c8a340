//! The pages that are rendered on a thread, noted for the tests of a project.

use std::cell::RefCell;

use crate::templates::{Context, watch_templates};

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

/// Renders the page of `template` with `context`, which is noted where somebody wants it.
///
/// `exists` tells the templates that are there from those that may be missing.
pub(super) fn noted<T>(
    template: &str,
    context: Context,
    exists: impl Fn(&str) -> bool,
    render: impl FnOnce(Context) -> T,
) -> T {
    if NOTED.with_borrow(Option::is_none) {
        return render(context);
    }
    let known = context.clone();
    let (rendered, used) = watch_templates(|| render(known));
    let mut templates = vec![template.to_owned()];
    templates.extend(used.into_iter().filter(|name| exists(name)));
    NOTED.with_borrow_mut(|noted| {
        if let Some(noted) = noted {
            noted.push(NotedPage { templates, context });
        }
    });
    rendered
}
