//! Messages: what one page has to say on the next, in Django's format.
//!
//! They travel in a signed cookie; what does not fit there is kept in the session.

mod codec;

pub use codec::{MAX_SIZE, MessageCodec, from_session, to_session};

/// How weighty a message is; the numbers are Django's.
pub mod level {
    /// For developers.
    pub const DEBUG: i64 = 10;
    /// Worth knowing.
    pub const INFO: i64 = 20;
    /// Something was done.
    pub const SUCCESS: i64 = 25;
    /// Something may be wrong.
    pub const WARNING: i64 = 30;
    /// Something was not done.
    pub const ERROR: i64 = 40;
}

/// A message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// How weighty it is.
    pub level: i64,
    /// What it says.
    pub text: String,
    /// Whether the text is HTML.
    pub is_safe: bool,
    /// Words for its style, beside that of its level.
    pub extra_tags: Option<String>,
}

impl Message {
    /// A message in plain text.
    pub fn new(level: i64, text: impl Into<String>) -> Self {
        Self {
            level,
            text: text.into(),
            is_safe: false,
            extra_tags: Some(String::new()),
        }
    }

    /// The word for its level, empty for a level of one's own.
    pub fn level_tag(&self) -> &'static str {
        match self.level {
            level::DEBUG => "debug",
            level::INFO => "info",
            level::SUCCESS => "success",
            level::WARNING => "warning",
            level::ERROR => "error",
            _ => "",
        }
    }

    /// All words for its style, separated by spaces.
    pub fn tags(&self) -> String {
        let extra = self.extra_tags.as_deref().unwrap_or_default();
        format!("{extra} {}", self.level_tag()).trim().to_owned()
    }
}
