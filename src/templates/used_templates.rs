//! Which templates a page is made of: those that it extends, includes or imports while it is rendered.

use std::borrow::Cow;
use std::cell::RefCell;

/// Names that are kept of one page.
const MOST: usize = 200;

thread_local! {
    /// The names since somebody asked for them; none while nobody does.
    static USED: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Does `work`; also returns the templates that others asked for on this thread meanwhile, each as often as it was.
pub fn watch_templates<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    let before = RestoredOnDrop(USED.replace(Some(Vec::new())));
    let outcome = work();
    let used = USED.take().unwrap_or_default();
    drop(before);
    (outcome, used)
}

/// What somebody else was watching, watched again however the work ends.
struct RestoredOnDrop(Option<Vec<String>>);

impl Drop for RestoredOnDrop {
    fn drop(&mut self) {
        USED.set(self.0.take());
    }
}

/// The engine's callback for the name of a template that stands in another: the name as it is, noted.
pub(super) fn noted<'s>(name: &'s str, _: &'s str) -> Cow<'s, str> {
    USED.with_borrow_mut(|used| {
        if let Some(used) = used.as_mut().filter(|used| used.len() < MOST) {
            used.push(name.to_owned());
        }
    });
    Cow::Borrowed(name)
}
