//! `[auth]`: accounts, and how their passwords are judged and hashed.

use std::time::Duration;

use crate::settings::reader::{SettingsReader, is_own_name};
use crate::settings::sections::throttle::{ThrottleLimits, throttle};

/// `[auth]`: accounts.
#[derive(Clone, Debug)]
pub struct AuthSettings {
    /// The model of a user, as `app.Model`.
    pub user_model: String,
    /// The field of that model that a user logs in with.
    pub username_field: String,
    /// The field of its email address.
    pub email_field: String,
    /// The fields that a person is asked for beside it.
    pub required_fields: Vec<String>,
    /// Who lets users in, by dotted names, in the order they are asked.
    pub backends: Vec<String>,
    /// The hashers whose passwords are accepted; the first one hashes new passwords.
    pub password_hashers: Vec<String>,
    /// The validators of new passwords, in order.
    pub password_validators: Vec<String>,
    /// The length a new password must have.
    pub password_min_length: usize,
    /// The attributes of a user that a new password must not resemble.
    pub password_similarity_attributes: Vec<String>,
    /// From this share of common characters on, it resembles them.
    pub password_max_similarity: f64,
    /// How hard to guess a new password must be, from 0 to 4.
    pub password_min_score: u8,
    /// How long a link to reset a password is good for.
    pub password_reset_timeout: Duration,
    /// How often it may be tried.
    pub throttle: ThrottleLimits,
    /// The costs of the hashers.
    pub costs: HashCosts,
    /// How many passwords the server hashes at once.
    pub max_concurrent_hashes: usize,
    /// Whether visitors may create accounts.
    pub signup: bool,
    /// Where to log in: a path or the name of a url.
    pub login_url: String,
    /// Where a login leads: a path or the name of a url.
    pub login_redirect_url: String,
    /// Where a logout leads; `None` shows the logged-out page.
    pub logout_redirect_url: Option<String>,
}

impl AuthSettings {
    /// The backend of users by name and password.
    pub const MODEL_BACKEND: &'static str = "django.contrib.auth.backends.ModelBackend";

    /// The same, which lets those in as well who are not active.
    pub const ALL_USERS_BACKEND: &'static str =
        "django.contrib.auth.backends.AllowAllUsersModelBackend";

    /// The backends that are classes of the project.
    pub fn own_backends(&self) -> impl Iterator<Item = &str> {
        let names = self.backends.iter().map(String::as_str);
        names.filter(|name| !name.starts_with("django."))
    }

    /// The validators of passwords that are classes of the project.
    pub fn own_validators(&self) -> impl Iterator<Item = &str> {
        let names = self.password_validators.iter().map(String::as_str);
        names.filter(|name| is_own_name(name))
    }

    /// The hashers of passwords that are classes of the project.
    pub fn own_hashers(&self) -> impl Iterator<Item = &str> {
        let names = self.password_hashers.iter().map(String::as_str);
        names.filter(|name| is_own_name(name))
    }

    /// Whether all that is asked is the table of users, which djr does itself.
    pub fn has_only_model_backend(&self) -> bool {
        self.backends == [Self::MODEL_BACKEND]
    }
}

/// `[auth.costs]`: what a password hash costs to compute, for guessers too.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HashCosts {
    /// Argon2: passes over the memory.
    pub argon2_time: u32,
    /// Argon2: memory, in KiB.
    pub argon2_memory: u32,
    /// Argon2: lanes.
    pub argon2_parallelism: u32,
    /// PBKDF2: iterations.
    pub pbkdf2_iterations: u32,
    /// bcrypt: the base-2 logarithm of the rounds.
    pub bcrypt_rounds: u32,
    /// scrypt: N, a power of two.
    pub scrypt_work_factor: u32,
}

pub(in crate::settings) fn auth(reader: &SettingsReader<'_>) -> AuthSettings {
    AuthSettings {
        user_model: user_model(reader),
        username_field: reader.get("auth.username_field"),
        email_field: reader.get("auth.email_field"),
        required_fields: reader.get("auth.required_fields"),
        backends: backends(reader),
        password_hashers: reader.get("auth.password_hashers"),
        password_validators: reader.get("auth.password_validators"),
        password_min_length: reader.get("auth.password_min_length"),
        password_similarity_attributes: reader.get("auth.password_similarity_attributes"),
        password_max_similarity: reader.get("auth.password_max_similarity"),
        password_min_score: reader.get("auth.password_min_score"),
        password_reset_timeout: reader.seconds("auth.password_reset_timeout"),
        throttle: throttle(reader),
        costs: costs(reader),
        max_concurrent_hashes: reader.get("auth.max_concurrent_hashes"),
        signup: reader.get("auth.signup"),
        login_url: reader.get("auth.login_url"),
        login_redirect_url: reader.get("auth.login_redirect_url"),
        logout_redirect_url: reader.nonempty("auth.logout_redirect_url"),
    }
}

fn backends(reader: &SettingsReader<'_>) -> Vec<String> {
    let backends: Vec<String> = reader.get("auth.backends");
    let message = "`auth.backends` must not be empty: nobody could log in";
    reader.check("auth.backends", !backends.is_empty(), message);
    for name in &backends {
        let is_known = is_own_name(name)
            || [AuthSettings::MODEL_BACKEND, AuthSettings::ALL_USERS_BACKEND]
                .contains(&name.as_str());
        let message =
            format!("`{name}` is not a backend of djr, and not the dotted name of a class");
        reader.check("auth.backends", is_known, message);
    }
    backends
}

fn user_model(reader: &SettingsReader<'_>) -> String {
    let name: String = reader.get("auth.user_model");
    let valid = name.split('.').count() == 2;
    let message = format!("`auth.user_model` must be `app.Model`, not `{name}`");
    reader.check("auth.user_model", valid, message);
    name
}

fn costs(reader: &SettingsReader<'_>) -> HashCosts {
    let costs = HashCosts {
        argon2_time: reader.get("auth.costs.argon2_time"),
        argon2_memory: reader.get("auth.costs.argon2_memory"),
        argon2_parallelism: reader.get("auth.costs.argon2_parallelism"),
        pbkdf2_iterations: reader.get("auth.costs.pbkdf2_iterations"),
        bcrypt_rounds: reader.get("auth.costs.bcrypt_rounds"),
        scrypt_work_factor: reader.get("auth.costs.scrypt_work_factor"),
    };
    let memory = "auth.costs.argon2_memory";
    let lanes = costs.argon2_parallelism.saturating_mul(8);
    let message = format!("`{memory}` must be at least {lanes}, 8 KiB for each lane");
    reader.check(memory, costs.argon2_memory >= lanes, message);
    let factor = "auth.costs.scrypt_work_factor";
    let message = format!("`{factor}` must be a power of two");
    reader.check(factor, costs.scrypt_work_factor.is_power_of_two(), message);
    costs
}
