//! Accounts: users, their passwords, and who is logged in.

mod passwords;

pub use passwords::{
    HASHERS, HashGate, HashPermit, Hashers, PasswordError, Verdict, is_password_usable,
    unusable_password,
};
