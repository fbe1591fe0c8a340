//! Ctrl-C for what is not a server.

use std::io;
use std::thread;

use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};

/// Has `tell` called each time that a person presses Ctrl-C, in the place of the end of the process.
pub fn on_interrupt(tell: impl Fn() + Send + 'static) -> io::Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
    let mut interrupts = {
        let _inside = runtime.enter();
        signal(SignalKind::interrupt())?
    };
    let builder = thread::Builder::new().name("interrupts".to_owned());
    builder.spawn(move || {
        runtime.block_on(async {
            while interrupts.recv().await.is_some() {
                tell();
            }
        });
    })?;
    Ok(())
}
