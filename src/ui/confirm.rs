//! A question that only a person can answer.

use crate::ui::Ui;
use crate::ui::prompt::PromptError;

impl Ui {
    /// Asks `question`, to be answered yes or no; anything else is a no.
    ///
    /// Only to be called where [`Ui::is_interactive`].
    pub(crate) fn confirm(&self, question: &str) -> Result<bool, PromptError> {
        let answer = self.ask(&format!("{question} [y/N]"))?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}
