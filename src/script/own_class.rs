//! The settings that name a class of the project, and what each class has to have.

/// What a class of the project is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OwnClass {
    /// Of `[auth] backends`: lets users in.
    AuthBackend,
    /// Of `[auth] password_validators`.
    PasswordValidator,
    /// Of `[caches.ALIAS] backend`.
    Cache,
    /// Of `[mail] backend`.
    Mail,
    /// Of the module that `[sessions] engine` names.
    SessionStore,
    /// Of `[auth] password_hashers`.
    PasswordHasher,
    /// Of `[storages.ALIAS] backend`.
    Storage,
}

impl OwnClass {
    /// What it is called in a message.
    pub fn noun(self) -> &'static str {
        match self {
            Self::AuthBackend => "a backend",
            Self::PasswordValidator => "a validator of passwords",
            Self::Cache => "a cache",
            Self::Mail => "a backend of mail",
            Self::SessionStore => "an engine of sessions",
            Self::PasswordHasher => "a hasher of passwords",
            Self::Storage => "a storage",
        }
    }

    /// The methods and attributes that it has.
    pub fn methods(self) -> &'static [&'static str] {
        match self {
            Self::AuthBackend => &["authenticate", "get_user"],
            Self::PasswordValidator => &["validate", "get_help_text"],
            Self::Cache => &["add", "get", "set", "touch", "delete", "clear"],
            Self::Mail => &["send_messages"],
            Self::SessionStore => &["load", "exists", "create", "save", "delete"],
            Self::PasswordHasher => &["algorithm", "encode", "verify", "must_update"],
            Self::Storage => &["open", "save", "delete", "exists", "url"],
        }
    }

    /// What it should be derived from; `None` where nothing is there to be derived from.
    pub fn base(self) -> Option<&'static str> {
        match self {
            Self::AuthBackend => Some("django.contrib.auth.backends.BaseBackend"),
            Self::PasswordValidator => None,
            Self::Cache => Some("django.core.cache.backends.base.BaseCache"),
            Self::Mail => Some("django.core.mail.backends.base.BaseEmailBackend"),
            Self::SessionStore => Some("django.contrib.sessions.backends.base.SessionBase"),
            Self::PasswordHasher => Some("django.contrib.auth.hashers.BasePasswordHasher"),
            Self::Storage => Some("django.core.files.storage.Storage"),
        }
    }

    /// An example of its dotted name.
    pub fn example(self) -> &'static str {
        match self {
            Self::AuthBackend => "posts.backends.EmailBackend",
            Self::PasswordValidator => "posts.validators.NoDigits",
            Self::Cache => "posts.cache.MyCache",
            Self::Mail => "posts.mail.QueueBackend",
            Self::SessionStore => "posts.sessions.SessionStore",
            Self::PasswordHasher => "posts.hashers.SlowHasher",
            Self::Storage => "posts.storage.MyStorage",
        }
    }
}
