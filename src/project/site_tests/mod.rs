//! Requests answered in process, by an application over real files and a real database.

mod access;
mod accounts;
mod csrf;
mod errors;
mod hosts;
mod messages;
mod pages;
mod permissions;
mod sessions;
mod test_site;
mod throttle;
