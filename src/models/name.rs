//! How models are named, and how fields refer to them.

use std::fmt;

/// What stands for the model of `[auth] user_model`, in `to`, `swappable` and `dependencies`.
pub const USER_MODEL: &str = "auth.user_model";

/// A model's app and its name in lower case: names differ in more than case.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ModelKey {
    /// The label of the app.
    pub app_label: String,
    /// The name, in lower case.
    pub model: String,
}

impl ModelKey {
    /// The key of the model `name` of an app.
    pub fn new(app_label: &str, name: &str) -> Self {
        Self {
            app_label: app_label.to_owned(),
            model: name.to_lowercase(),
        }
    }

    /// The key in `app.Model`.
    pub fn parse(text: &str) -> Option<Self> {
        let (app_label, name) = text.split_once('.')?;
        let sound = !app_label.is_empty() && !name.is_empty() && !name.contains('.');
        sound.then(|| Self::new(app_label, name))
    }
}

impl fmt::Display for ModelKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.app_label, self.model)
    }
}

/// What a field refers to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ModelRef {
    /// The model of `[auth] user_model`, whichever that is.
    UserModel,
    /// This model, with its name as written.
    Named(ModelKey),
}

impl ModelRef {
    /// Reads `app.Model`, `Model` of the app `app_label`, or [`USER_MODEL`].
    pub fn parse(text: &str, app_label: &str) -> Option<Self> {
        if text == USER_MODEL {
            return Some(Self::UserModel);
        }
        if text.is_empty() {
            return None;
        }
        let local = || Some(ModelKey::new(app_label, text));
        let key = if text.contains('.') {
            ModelKey::parse(text)
        } else {
            local()
        };
        key.map(Self::Named)
    }

    /// The key, where `user_model` is the model of `[auth] user_model`.
    pub fn resolve<'k>(&'k self, user_model: &'k ModelKey) -> &'k ModelKey {
        match self {
            Self::UserModel => user_model,
            Self::Named(key) => key,
        }
    }
}

impl fmt::Display for ModelRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UserModel => f.write_str(USER_MODEL),
            Self::Named(key) => key.fmt(f),
        }
    }
}
