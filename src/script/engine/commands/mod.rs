//! Python that a command runs: programs, the shell, commands of the project and tests.

mod interrupt;
mod migrate_signals;
pub(in crate::script::engine) mod native;
mod requests;
mod run;

pub use interrupt::interrupt;
pub(in crate::script) use migrate_signals::emit_migrate_signal;
pub(super) use requests::{not_composed, note_raised};
pub use run::completions;
pub(in crate::script) use run::{is_running, run_for_command, run_own};
