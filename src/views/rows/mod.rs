//! Rows of models as templates see them: `post.author.username`, `post.tags.all()`, `post.get_status_display`.
//!
//! 1. [`RowLoader`] is made once: the models of the project with the names that their rows have for things
//!    (`RowModel`), and what is needed to read more rows.
//! 2. A [`QueryValue`] is a query. It runs when it is iterated, and remembers its rows.
//! 3. Rows that were read together stay together (`RowBatch`): the author of one post is read with the authors of
//!    all posts of its list, in one query.
//! 4. A [`RowValue`] is one of them. Nothing in it writes.

mod aggregate_value;
mod conditions;
mod file_value;
mod meta_value;
mod page_value;
mod query_object;
mod query_value;
mod row_batch;
mod row_loader;
mod row_model;
mod row_moment;
mod row_object;
mod row_path;
mod row_relations;
mod row_shape;
mod row_types;

pub(super) use aggregate_value::AggregateValue;
pub(crate) use conditions::equals;
pub(super) use conditions::{key_value, never_known};
pub(super) use page_value::PaginatorValue;
pub(super) use query_value::QueryValue;
pub(crate) use row_batch::{RowBatch, RowValue};
pub use row_loader::RowLoader;
pub use row_model::{RowModels, RowTemplate, row_templates};
pub(super) use row_moment::MomentField;
pub(super) use row_path::RowPath;
pub(super) use row_shape::RowShape;
pub use row_types::RowTypes;
