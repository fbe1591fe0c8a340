//! How an entry of `urls.toml` becomes views.

use std::borrow::Cow;

use crate::document::{Item, TableReader};

/// Builds the views of the entry that the fields are read from; reports what is wrong and returns none.
///
/// It asks for the keys of its own, so that they count as known.
pub type BuildView<'b, V> = dyn Fn(&Item, &TableReader<'_>) -> Vec<ViewRoute<V>> + 'b;

/// A view of an entry, and where it is found.
#[derive(Debug)]
pub struct ViewRoute<V> {
    /// The route behind the path of the entry: empty for the entry's own, `<str:pk>/` for one row of many.
    pub path: Cow<'static, str>,
    /// Its name, in place of that of the entry.
    pub name: Option<String>,
    /// The view.
    pub view: V,
}

impl<V> ViewRoute<V> {
    /// A view at the path of its entry, with the name of it.
    pub fn of_entry(view: V) -> Self {
        Self {
            path: Cow::Borrowed(""),
            name: None,
            view,
        }
    }
}
