//! A message, as the one who has something to say puts it together.

/// A message that is not sent yet. Addresses may have names: `Ada <ada@example.com>`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct EmailMessage {
    /// What it is about; one line.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// Whether its text is HTML itself.
    pub body_is_html: bool,
    /// The same as HTML.
    pub html: Option<String>,
    /// The same in further forms.
    pub alternatives: Vec<Alternative>,
    /// Who sends it; without it, `[mail] default_from`.
    pub from: Option<String>,
    /// Whom it is for.
    pub to: Vec<String>,
    /// Who gets a copy.
    pub cc: Vec<String>,
    /// Who gets a copy without the others seeing it.
    pub bcc: Vec<String>,
    /// Who gets the answers.
    pub reply_to: Vec<String>,
    /// Further headers; `Date` and `Message-ID` take the place of those that are made.
    pub headers: Vec<(String, String)>,
    /// Files that come with it.
    pub attachments: Vec<Attachment>,
}

/// What a message says in another form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Alternative {
    /// Its type, such as `text/calendar`.
    pub content_type: String,
    /// What it says.
    pub content: String,
}

/// A file that comes with a message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attachment {
    /// What it is called; nothing where it has no name.
    pub name: String,
    /// Its type, such as `application/pdf`.
    pub content_type: String,
    /// What it holds.
    pub content: Vec<u8>,
}

impl EmailMessage {
    /// A message to nobody yet.
    pub fn new(subject: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            body: body.into(),
            ..Self::default()
        }
    }

    /// Says the same as HTML, for programs that show it.
    #[must_use]
    pub fn html(mut self, html: impl Into<String>) -> Self {
        self.html = Some(html.into());
        self
    }

    /// Sends it as `address`.
    #[must_use]
    pub fn from(mut self, address: impl Into<String>) -> Self {
        self.from = Some(address.into());
        self
    }

    /// Sends it to `address` as well.
    #[must_use]
    pub fn to(mut self, address: impl Into<String>) -> Self {
        self.to.push(address.into());
        self
    }

    /// Sends a copy to `address`.
    #[must_use]
    pub fn cc(mut self, address: impl Into<String>) -> Self {
        self.cc.push(address.into());
        self
    }

    /// Sends a copy to `address` that the others do not see.
    #[must_use]
    pub fn bcc(mut self, address: impl Into<String>) -> Self {
        self.bcc.push(address.into());
        self
    }

    /// Asks for answers to `address`.
    #[must_use]
    pub fn reply_to(mut self, address: impl Into<String>) -> Self {
        self.reply_to.push(address.into());
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a file.
    #[must_use]
    pub fn attach(mut self, attachment: Attachment) -> Self {
        self.attachments.push(attachment);
        self
    }

    /// Whether it is its text and nothing else.
    pub(super) fn is_one_part(&self) -> bool {
        self.html.is_none() && self.alternatives.is_empty() && self.attachments.is_empty()
    }

    /// Everyone it goes to.
    pub fn recipients(&self) -> impl Iterator<Item = &str> {
        let all = self.to.iter().chain(&self.cc).chain(&self.bcc);
        all.map(String::as_str)
    }
}
