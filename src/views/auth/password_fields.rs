//! New passwords: the two fields for one, and what it must be.

use crate::auth::{MAX_PASSWORD_LENGTH, UserAttributes};
use crate::forms::{Form, FormField, ValidationError};
use crate::views::{HttpError, Request};

/// The names of the two fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PasswordFields {
    /// The field for the password.
    pub(crate) first: &'static str,
    /// The field for the same once more.
    pub(crate) second: &'static str,
}

impl PasswordFields {
    /// The two fields, the first with what the site wants of a password.
    pub(crate) fn fields(self, request: &Request<'_>, labels: [&str; 2]) -> [FormField; 2] {
        let field = |name, label| {
            FormField::password(name, "new-password")
                .label(label)
                .max_length(u64::try_from(MAX_PASSWORD_LENGTH).unwrap_or(u64::MAX))
        };
        let wanted = request.state.validators.help();
        [
            field(self.first, labels[0]).help_list(&wanted),
            field(self.second, labels[1]),
        ]
    }

    /// Refuses two passwords that differ, and one that `user` must not have.
    pub(crate) fn check(self, request: &Request<'_>, form: &mut Form, user: &UserAttributes<'_>) {
        let (Some(first), Some(second)) = (form.text(self.first), form.text(self.second)) else {
            return;
        };
        if first != second {
            let message = "The two password fields didn’t match.";
            form.add_error(
                self.second,
                ValidationError::new(message, "password_mismatch"),
            );
            return;
        }
        // Django has them beside the second field; the first is the one to think about again.
        for problem in request.state.validators.validate(first, user) {
            form.add_error(
                self.first,
                ValidationError::new(problem.sentence(), problem.code()),
            );
        }
    }
}

/// The hash of a new password, when it is this request's turn to hash.
pub(crate) fn hash(request: &Request<'_>, password: &str) -> Result<String, HttpError> {
    let hashed = request
        .state
        .hashing(|hashers| hashers.make_password(password))?;
    hashed.map_err(|error| HttpError::internal(error.to_string(), Vec::new()))
}
