//! How questions look.

use std::fmt;

use dialoguer::theme::Theme;

/// Questions without symbols or colours: a word, a colon, and what was answered.
pub(super) struct PromptTheme;

impl Theme for PromptTheme {
    fn format_confirm_prompt(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        answer: Option<bool>,
    ) -> fmt::Result {
        let answer = answer.map_or("", yes_or_no);
        write!(f, "{prompt} [y/N]: {answer}")
    }

    fn format_confirm_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        answer: Option<bool>,
    ) -> fmt::Result {
        self.format_confirm_prompt(f, prompt, answer)
    }
}

fn yes_or_no(answer: bool) -> &'static str {
    if answer { "yes" } else { "no" }
}
