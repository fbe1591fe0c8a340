//! What this machine calls itself, for message ids and greetings.

use crate::mail::address;

/// The name of this machine in ASCII; `localhost` where it has none that is sound.
pub fn host_name() -> String {
    let name = rustix::system::uname();
    let name = name.nodename().to_string_lossy();
    address::ascii_domain(&name).unwrap_or_else(|_| "localhost".to_owned())
}
