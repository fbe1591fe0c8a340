//! One page of a list.

use std::fmt;

use crate::pagination::{InvalidPage, PageNumber, Paginator};

/// One page of a list, without its objects (Django's `Page`).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Page {
    /// The paginator that it is a page of.
    pub paginator: Paginator,
    /// Its number, from 1 on.
    pub number: u64,
}

impl Paginator {
    /// The page `number`.
    pub fn page(&self, number: PageNumber<'_>) -> Result<Page, InvalidPage> {
        let number = self.validate_number(number)?;
        Ok(Page::new(self.clone(), number))
    }

    /// The page `number`; the first one for what is not a number, the last one for what is not the number of a page.
    ///
    /// Fails where there are no pages at all.
    pub fn get_page(&self, number: PageNumber<'_>) -> Result<Page, InvalidPage> {
        let number = match self.validate_number(number) {
            Ok(number) => number,
            Err(InvalidPage::NotAnInteger(_)) => 1,
            Err(InvalidPage::Empty(_)) => self.num_pages(),
        };
        self.page(PageNumber::Integer(
            i64::try_from(number).unwrap_or(i64::MAX),
        ))
    }
}

impl Page {
    /// Page `number` of `paginator`, which has such a page.
    pub(super) fn new(paginator: Paginator, number: u64) -> Self {
        Self { paginator, number }
    }

    /// The place of its first object in the whole list, from 0 on.
    pub fn bottom(&self) -> u64 {
        (self.number - 1).saturating_mul(self.paginator.per_page.get())
    }

    /// The place behind its last object in the whole list.
    pub fn top(&self) -> u64 {
        let Paginator { count, orphans, .. } = self.paginator;
        let top = self.bottom().saturating_add(self.paginator.per_page.get());
        if top.saturating_add(orphans) >= count {
            count
        } else {
            top
        }
    }

    /// Whether there is a page behind it.
    pub fn has_next(&self) -> bool {
        self.number < self.paginator.num_pages()
    }

    /// Whether there is a page before it.
    pub fn has_previous(&self) -> bool {
        self.number > 1
    }

    /// Whether it is not the only page.
    pub fn has_other_pages(&self) -> bool {
        self.has_previous() || self.has_next()
    }

    /// The number of the page behind it.
    pub fn next_page_number(&self) -> Result<u64, InvalidPage> {
        self.beside(self.number.saturating_add(1))
    }

    /// The number of the page before it.
    pub fn previous_page_number(&self) -> Result<u64, InvalidPage> {
        self.beside(self.number - 1)
    }

    fn beside(&self, number: u64) -> Result<u64, InvalidPage> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.paginator.validate_number(PageNumber::Integer(number))
    }

    /// The place of its first object in the whole list, from 1 on; 0 in an empty list.
    pub fn start_index(&self) -> u64 {
        if self.paginator.count == 0 {
            return 0;
        }
        self.bottom().saturating_add(1)
    }

    /// The place of its last object in the whole list, from 1 on.
    pub fn end_index(&self) -> u64 {
        if self.number == self.paginator.num_pages() {
            return self.paginator.count;
        }
        self.number.saturating_mul(self.paginator.per_page.get())
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<Page {} of {}>",
            self.number,
            self.paginator.num_pages()
        )
    }
}
