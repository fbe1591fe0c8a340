//! Where pages send a browser as far as options and settings say so, for the check that it arrives.

use crate::settings::AuthSettings;

/// Who asks for a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Client {
    /// One who is not logged in.
    Visitor,
    /// One who is.
    User,
}

/// The page that a browser is sent to.
#[derive(Clone, Copy, Debug)]
pub struct NextPage<'v> {
    /// The name of a url, a path or an address.
    pub target: &'v str,
    /// The key of the setting that says so; `None` for an option of the entry in `urls.toml`.
    pub setting: Option<&'static str>,
}

impl<'v> NextPage<'v> {
    /// `option` of the entry where it has one, else the setting `key`, which is `value`.
    pub(super) fn new(option: Option<&'v str>, key: &'static str, value: &'v str) -> Self {
        match option {
            Some(target) => Self {
                target,
                setting: None,
            },
            None => Self {
                target: value,
                setting: Some(key),
            },
        }
    }

    /// The page to log in.
    pub fn login(settings: &'v AuthSettings) -> Self {
        Self::new(None, "auth.login_url", &settings.login_url)
    }

    /// The page that a login leads to: that of the entry, else that of the settings.
    pub(super) fn after_login(option: Option<&'v str>, settings: &'v AuthSettings) -> Self {
        let default = settings.login_redirect_url.as_str();
        Self::new(option, "auth.login_redirect_url", default)
    }
}

/// What a view answers to GET.
#[derive(Clone, Copy, Debug)]
pub enum GetResponse<'v> {
    /// A page.
    Page,
    /// A redirect.
    Redirect(NextPage<'v>),
    /// 405.
    NotAllowed,
}

/// Where a form leads that was sent.
#[derive(Clone, Debug)]
pub struct FormTarget<'v> {
    /// The page.
    pub next: NextPage<'v>,
    /// The names of the arguments that the url is given.
    pub kwargs: Vec<&'v str>,
    /// Who comes there.
    pub client: Client,
}
