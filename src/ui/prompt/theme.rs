//! How questions look.

use dialoguer::theme::Theme;

/// Questions without symbols or colours: a word, a colon, and what was answered.
pub(super) struct PromptTheme;

impl Theme for PromptTheme {}
