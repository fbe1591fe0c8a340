//! Requests answered in process, by an application over real files and a real database.

mod access;
mod account_forms;
mod account_options;
mod api;
mod api_access;
mod api_pages;
mod csrf;
mod debug_panel;
mod edit;
mod error_handlers;
mod errors;
mod hosts;
mod messages;
mod multipart;
mod pages;
mod password_change;
mod password_reset;
mod permissions;
mod recorded_errors;
mod session_responses;
mod sessions;
mod signup;
mod static_files;
mod test_site;
mod throttle;
