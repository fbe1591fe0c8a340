//! New passwords: the two fields for one, and what it must be.

use crate::auth::UserAttributes;
use crate::forms::{Form, FormField, ValidationError};
use crate::views::{HttpError, Request};

/// Characters of a new password; a longer one would only keep the server busy.
const MAX_LENGTH: usize = 4096;

/// The names of the two fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair(pub(super) &'static str, pub(super) &'static str);

impl Pair {
    /// The two fields, the first with what the site wants of a password.
    pub(super) fn fields(self, request: &Request<'_>, labels: [&str; 2]) -> [FormField; 2] {
        let field = |name, label| {
            FormField::password(name, "new-password")
                .label(label)
                .max_length(MAX_LENGTH)
        };
        let wanted = request.state.validators.help();
        [
            field(self.0, labels[0]).help_list(&wanted),
            field(self.1, labels[1]),
        ]
    }

    /// Refuses two passwords that differ, and one that is none for `person`.
    pub(super) fn check(self, request: &Request<'_>, form: &mut Form, person: &UserAttributes<'_>) {
        let (Some(first), Some(second)) = (form.text(self.0), form.text(self.1)) else {
            return;
        };
        if first != second {
            let message = "The two password fields didn’t match.";
            form.add_error(self.1, ValidationError::new(message, "password_mismatch"));
            return;
        }
        // Django has them beside the second field; the first is the one to think about again.
        for problem in request.state.validators.validate(first, person) {
            form.add_error(
                self.0,
                ValidationError::new(problem.sentence(), problem.code()),
            );
        }
    }
}

/// The hash of a new password, when it is this request's turn to hash.
pub(super) fn hash(request: &Request<'_>, password: &str) -> Result<String, HttpError> {
    let hashed = request
        .state
        .hashing(|hashers| hashers.make_password(password))?;
    hashed.map_err(|error| HttpError::internal(error.to_string(), Vec::new()))
}
