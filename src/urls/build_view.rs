//! How an entry of `urls.toml` becomes a view.

use crate::document::{Item, TableReader};

/// Builds the view of the entry that the fields are read from; reports what is wrong and returns `None`.
///
/// It asks for the keys of its own, so that they count as known.
pub type BuildView<'b, V> = dyn Fn(&Item, &TableReader<'_>) -> Option<V> + 'b;
