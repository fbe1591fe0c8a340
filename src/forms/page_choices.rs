//! The rows that the fields of a page are chosen from: each query is asked once, however many fields and forms show it.

use std::sync::{Arc, Mutex, PoisonError};

use crate::forms::form_choices::FormChoice;
use crate::forms::model_choices::{ChoiceRows, ModelChoices};

/// The rows of the fields of one page.
#[derive(Debug)]
pub struct PageChoices {
    rows: Arc<dyn ChoiceRows>,
    read: Mutex<Vec<ReadChoices>>,
}

/// What was read for fields that offer the same.
#[derive(Debug)]
struct ReadChoices {
    choices: ModelChoices,
    has_empty: bool,
    options: Arc<Vec<FormChoice>>,
}

impl PageChoices {
    /// Nothing was read so far; `rows` reads.
    pub fn new(rows: Arc<dyn ChoiceRows>) -> Arc<Self> {
        Arc::new(Self {
            rows,
            read: Mutex::default(),
        })
    }

    /// What reads the rows.
    pub(super) fn rows(&self) -> &dyn ChoiceRows {
        &*self.rows
    }

    /// The options of `choices`; behind that of no row, if there is one.
    pub(super) fn options(&self, choices: &ModelChoices, has_empty: bool) -> Arc<Vec<FormChoice>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let known = read
            .iter()
            .find(|known| known.has_empty == has_empty && known.choices == *choices);
        if let Some(known) = known {
            return Arc::clone(&known.options);
        }
        let empty = choices.empty_label.as_ref().filter(|_| has_empty);
        let empty = empty.map(|label| FormChoice::option("", label));
        let rows = self.rows.options(choices);
        let options = Arc::new(empty.into_iter().chain(rows).collect());
        read.push(ReadChoices {
            choices: choices.clone(),
            has_empty,
            options: Arc::clone(&options),
        });
        options
    }
}
