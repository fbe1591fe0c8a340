//! A question that only a person can answer.

use dialoguer::Confirm;

use crate::ui::Ui;

impl Ui {
    /// Asks `question`, to be answered yes or no; no is the default, and what silence means.
    ///
    /// Only to be called where [`Ui::is_interactive`].
    pub(crate) fn confirm(&self, question: &str) -> bool {
        let asked = Confirm::new()
            .with_prompt(question)
            .default(false)
            .interact_opt();
        matches!(asked, Ok(Some(true)))
    }
}
