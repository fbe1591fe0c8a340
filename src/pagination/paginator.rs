//! How many pages there are, and which number is that of one.

use std::num::NonZeroU64;
use std::ops::RangeInclusive;

use crate::pagination::PageNumber;

/// What stands for the pages that a long range leaves out.
pub const ELLIPSIS: &str = "…";

/// Objects in pages of the same length (Django's `Paginator`).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Paginator {
    /// How many objects there are.
    pub count: u64,
    /// How many objects a page holds.
    pub per_page: NonZeroU64,
    /// As many objects at the end, or fewer, go on the page before instead of one of their own.
    pub orphans: u64,
    /// Whether a first page is there although it has no objects.
    pub allow_empty_first_page: bool,
    /// What is said of wrong numbers.
    pub messages: PaginatorMessages,
}

/// What is said of wrong numbers (`error_messages`).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PaginatorMessages {
    /// Of what is not a whole number.
    pub invalid_page: String,
    /// Of zero and what is below.
    pub min_page: String,
    /// Of a number behind the last page.
    pub no_results: String,
}

impl Default for PaginatorMessages {
    fn default() -> Self {
        Self {
            invalid_page: "That page number is not an integer".to_owned(),
            min_page: "That page number is less than 1".to_owned(),
            no_results: "That page contains no results".to_owned(),
        }
    }
}

/// Why there is no page of a number.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum InvalidPage {
    /// It is not a whole number (`PageNotAnInteger`).
    #[error("{0}")]
    NotAnInteger(String),
    /// There is no such page (`EmptyPage`).
    #[error("{0}")]
    Empty(String),
}

/// A page in a range of pages, or a gap in it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PageRangeItem {
    /// The number of a page.
    Page(u64),
    /// Pages that are left out.
    Ellipsis,
}

impl Paginator {
    /// `count` objects in pages of `per_page`, as Django's defaults have it.
    pub fn new(count: u64, per_page: NonZeroU64) -> Self {
        Self {
            count,
            per_page,
            orphans: 0,
            allow_empty_first_page: true,
            messages: PaginatorMessages::default(),
        }
    }

    /// How many pages there are.
    pub fn num_pages(&self) -> u64 {
        if self.count == 0 && !self.allow_empty_first_page {
            return 0;
        }
        let hits = self.count.saturating_sub(self.orphans).max(1);
        hits.div_ceil(self.per_page.get())
    }

    /// The numbers of all pages.
    pub fn page_range(&self) -> RangeInclusive<u64> {
        1..=self.num_pages()
    }

    /// The number that `number` means, if there is a page of it.
    pub fn validate_number(&self, number: PageNumber<'_>) -> Result<u64, InvalidPage> {
        let number = number.to_integer();
        let number =
            number.ok_or_else(|| InvalidPage::NotAnInteger(self.messages.invalid_page.clone()))?;
        match u64::try_from(number) {
            Err(_) | Ok(0) => Err(InvalidPage::Empty(self.messages.min_page.clone())),
            Ok(number) if number > self.num_pages() => {
                Err(InvalidPage::Empty(self.messages.no_results.clone()))
            }
            Ok(number) => Ok(number),
        }
    }

    /// The numbers of pages with gaps: `on_each_side` pages beside page `number`, `on_ends` at either end.
    ///
    /// Django's defaults are 3 and 2.
    pub fn elided_page_range(
        &self,
        number: PageNumber<'_>,
        on_each_side: u64,
        on_ends: u64,
    ) -> Result<impl Iterator<Item = PageRangeItem> + Send + Sync + use<>, InvalidPage> {
        let number = self.validate_number(number)?;
        let last = self.num_pages();
        let kept = on_each_side.saturating_add(on_ends);
        let is_short = last <= kept.saturating_mul(2);
        let gap_before = !is_short && number > kept.saturating_add(2);
        let gap_after = !is_short && number < last.saturating_sub(kept).saturating_sub(1);
        let (before, from) = if gap_before {
            (Some(1..=on_ends), number - on_each_side)
        } else {
            (None, 1)
        };
        let (to, after) = if gap_after {
            let tail = last.saturating_sub(on_ends).saturating_add(1);
            (number.saturating_add(on_each_side), Some(tail..=last))
        } else {
            (last, None)
        };
        let gap = |is_there: bool| is_there.then_some(PageRangeItem::Ellipsis);
        let pages = |range: RangeInclusive<u64>| range.map(PageRangeItem::Page);
        Ok(before
            .into_iter()
            .flat_map(pages)
            .chain(gap(gap_before))
            .chain(pages(from..=to))
            .chain(gap(gap_after))
            .chain(after.into_iter().flat_map(pages)))
    }
}
