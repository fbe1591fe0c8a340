//! What is printed, handed to whoever called a command from within the process.

use std::cell::RefCell;
use std::io::{self, Write};

use anstream::{AutoStream, StripStream};

thread_local! {
    /// What this thread prints is kept here, where somebody wants to have it.
    static KEPT: RefCell<Option<CapturedOutput>> = const { RefCell::new(None) };
}

/// What was printed.
#[derive(Debug, Default)]
pub(crate) struct CapturedOutput {
    /// Results.
    pub(crate) stdout: Vec<u8>,
    /// Everything else.
    pub(crate) stderr: Vec<u8>,
}

/// Does `work` and hands back what it printed on this thread.
pub(crate) fn capture<T>(work: impl FnOnce() -> T) -> (T, CapturedOutput) {
    let outer = KEPT.replace(Some(CapturedOutput::default()));
    let done = work();
    let kept = KEPT.replace(outer).unwrap_or_default();
    (done, kept)
}

/// Standard output, or what takes its place.
pub(super) fn stdout() -> OutputStream {
    OutputStream::unless_kept(false, || OutputStream::Stdout(anstream::stdout()))
}

/// Standard error, or what takes its place.
pub(super) fn stderr() -> OutputStream {
    OutputStream::unless_kept(true, || OutputStream::Stderr(anstream::stderr()))
}

/// Standard output for data, none of which is taken for a colour.
pub(super) fn raw_stdout() -> OutputStream {
    OutputStream::unless_kept(false, || OutputStream::Raw(io::stdout()))
}

/// One of the two streams of a process.
#[derive(Debug)]
pub(super) enum OutputStream {
    Stdout(AutoStream<io::Stdout>),
    Stderr(AutoStream<io::Stderr>),
    Raw(io::Stdout),
    Kept { is_error: bool },
}

impl OutputStream {
    fn unless_kept(is_error: bool, stream: impl FnOnce() -> Self) -> Self {
        if KEPT.with_borrow(Option::is_some) {
            Self::Kept { is_error }
        } else {
            stream()
        }
    }
}

fn keep(bytes: &[u8], is_error: bool) -> io::Result<()> {
    KEPT.with_borrow_mut(|kept| {
        let Some(kept) = kept else {
            return Ok(());
        };
        let buffer = if is_error {
            &mut kept.stderr
        } else {
            &mut kept.stdout
        };
        // A pipe would be written without colours, too.
        StripStream::new(buffer).write_all(bytes)
    })
}

impl Write for OutputStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stream) => stream.write(bytes),
            Self::Stderr(stream) => stream.write(bytes),
            Self::Raw(stream) => stream.write(bytes),
            Self::Kept { is_error } => keep(bytes, *is_error).map(|()| bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stream) => stream.flush(),
            Self::Stderr(stream) => stream.flush(),
            Self::Raw(stream) => stream.flush(),
            Self::Kept { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{capture, stderr, stdout};

    #[test]
    fn what_is_printed_goes_to_the_innermost_caller() {
        let ((), outer) = capture(|| {
            write!(stdout(), "a").unwrap();
            let ((), inner) = capture(|| write!(stderr(), "\x1b[31mb\x1b[0m").unwrap());
            assert_eq!(inner.stderr, b"b");
            assert!(inner.stdout.is_empty());
            write!(stdout(), "c").unwrap();
        });
        assert_eq!(outer.stdout, b"ac");
        assert!(outer.stderr.is_empty());
    }
}
