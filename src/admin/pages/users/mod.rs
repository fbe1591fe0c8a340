//! The pages of users that other models do not have.
//!
//! * `add_user` makes one: its name, and its password twice; `user_password` sets another password; `password_form` is the
//!   form of both, `password_summary` what the form of a user shows of it.
//! * `rank` keeps those who may change users from making themselves, or somebody else, more than they are.

mod add_user;
mod password_form;
mod password_summary;
mod rank;
mod user_password;

pub(in crate::admin) use add_user::AddUserPage;
pub(super) use password_summary::password_value;
pub(in crate::admin) use user_password::UserPasswordPage;
