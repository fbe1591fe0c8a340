//! What Django's `AbstractUser` knows of a user, apart from where a model keeps it.

use crate::models::FieldKind;

/// Something that a user model may know of a user.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum UserAttribute {
    /// The encoded hash of the password.
    Password,
    /// When the user last logged in.
    LastLogin,
    /// Whether the user may do everything.
    IsSuperuser,
    /// What the user logs in with: Django's `USERNAME_FIELD`.
    Username,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// The email address: Django's `EMAIL_FIELD`.
    Email,
    /// Whether the user may enter the admin.
    IsStaff,
    /// Whether the user may log in.
    IsActive,
    /// When the user was created.
    DateJoined,
}

impl UserAttribute {
    /// All of them, in the order in which they are read.
    pub const ALL: [Self; 10] = [
        Self::Password,
        Self::LastLogin,
        Self::IsSuperuser,
        Self::Username,
        Self::FirstName,
        Self::LastName,
        Self::Email,
        Self::IsStaff,
        Self::IsActive,
        Self::DateJoined,
    ];

    /// The name of the field that keeps it in Django's `AbstractUser`.
    pub fn usual_field(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::LastLogin => "last_login",
            Self::IsSuperuser => "is_superuser",
            Self::Username => "username",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Email => "email",
            Self::IsStaff => "is_staff",
            Self::IsActive => "is_active",
            Self::DateJoined => "date_joined",
        }
    }

    /// Whether a field whose values are of `kind` can keep it.
    pub fn fits(self, kind: &FieldKind) -> bool {
        match self {
            Self::LastLogin | Self::DateJoined => matches!(kind, FieldKind::DateTime(_)),
            Self::IsSuperuser | Self::IsStaff | Self::IsActive => {
                matches!(kind, FieldKind::Boolean)
            }
            Self::Password | Self::FirstName | Self::LastName | Self::Email => matches!(
                kind,
                FieldKind::Char { .. } | FieldKind::Text { .. } | FieldKind::Email { .. }
            ),
            Self::Username => !matches!(
                kind,
                FieldKind::Binary { .. }
                    | FieldKind::Json
                    | FieldKind::ManyToMany(_)
                    | FieldKind::CompositePrimaryKey { .. }
            ),
        }
    }
}
