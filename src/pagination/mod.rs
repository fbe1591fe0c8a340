//! A long list in pages (`django.core.paginator`).
//!
//! A [`Paginator`] knows how many objects there are and how many a page holds; it reads none of them. A [`Page`] is
//! one of its pages: which objects belong on it, and which pages are beside it. [`PageNumber`] is what somebody
//! asked for, which may be any text.

mod page;
mod page_number;
mod paginator;

#[cfg(test)]
mod tests;

pub use page::Page;
pub use page_number::PageNumber;
pub use paginator::{ELLIPSIS, InvalidPage, PageRangeItem, Paginator, PaginatorMessages};
