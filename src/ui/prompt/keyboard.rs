//! A pseudo-terminal that stands for the keyboard while a question is asked.
//!
//! `dialoguer` reads standard input and nothing else: it has no meaning for Ctrl-D, takes the end of
//! the input for an empty password, and cannot be told to stop. So a thread reads the real keys,
//! and passes on those that are part of an answer. To cancel is to hang the pseudo-terminal up.

use std::fs::{File, OpenOptions};
use std::io::{self, PipeReader};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_setfl};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

use crate::ui::prompt::kind::PromptKind;
use crate::ui::prompt::line_editing::LineEditing;

const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const CTRL_Z: u8 = 0x1a;

/// How often it is looked whether a question for a secret has turned the echo off.
const ECHO_POLL: Duration = Duration::from_millis(1);

/// Keys that were typed before their question was asked.
static TYPED_AHEAD: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// The pseudo-terminal: keys are written to one side, and read from the other as standard input.
pub(super) struct Keyboard {
    /// None after the question was cancelled.
    writer: Mutex<Option<OwnedFd>>,
    reader: File,
    cancelled: AtomicBool,
    /// Whether the line of a secret is complete.
    answered: AtomicBool,
    kind: PromptKind,
    /// What the keys so far make of a line of text.
    line: Mutex<LineEditing>,
}

impl Keyboard {
    pub(super) fn new(kind: PromptKind) -> io::Result<Self> {
        let writer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        grantpt(&writer)?;
        unlockpt(&writer)?;
        // Keys beyond what a terminal holds are dropped, as by any terminal.
        fcntl_setfl(&writer, OFlags::RDWR | OFlags::NONBLOCK)?;
        let name = ptsname(&writer, Vec::new())?;
        let reader = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(libc::O_NOCTTY)
            .open(std::ffi::OsStr::from_bytes(name.as_bytes()))?;
        let keyboard = Self {
            writer: Mutex::new(Some(writer)),
            reader,
            cancelled: AtomicBool::new(false),
            answered: AtomicBool::new(false),
            kind,
            line: Mutex::default(),
        };
        keyboard.set_modes()?;
        Ok(keyboard)
    }

    /// Whether lines are read as a whole, with the echo turned off first.
    fn reads_secret(&self) -> bool {
        self.kind == PromptKind::Secret
    }

    /// Keys pass as they are; for a secret they become lines.
    fn set_modes(&self) -> io::Result<()> {
        let mut modes = tcgetattr(&self.reader)?;
        if self.reads_secret() {
            modes.local_modes.remove(LocalModes::ISIG);
        } else {
            modes.make_raw();
        }
        Ok(tcsetattr(&self.reader, OptionalActions::Now, &modes)?)
    }

    /// Makes this the standard input.
    pub(super) fn replace_stdin(&self) -> io::Result<()> {
        Ok(rustix::stdio::dup2_stdin(&self.reader)?)
    }

    /// Ends the question without an answer.
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        self.lock_writer().take();
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    fn lock_writer(&self) -> std::sync::MutexGuard<'_, Option<OwnedFd>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Passes on the keys of `terminal`, until `end` is closed or the question is cancelled.
    pub(super) fn forward(&self, terminal: &impl AsFd, end: &PipeReader) -> io::Result<()> {
        if self.reads_secret() && !self.wait_until_echo_is_off(end)? {
            return Ok(());
        }
        // Its lock is released before the keys are typed, which may take it again.
        let ahead = std::mem::take(&mut *typed_ahead());
        self.type_keys(&ahead)?;
        let mut keys = [0; 256];
        while !self.is_cancelled() && !self.answered.load(Ordering::SeqCst) {
            let mut waited = [
                PollFd::new(terminal, PollFlags::IN),
                PollFd::new(end, PollFlags::IN),
            ];
            poll(&mut waited, None)?;
            if !waited[1].revents().is_empty() {
                break;
            }
            match rustix::io::read(terminal, &mut keys)? {
                // The terminal is gone.
                0 => self.cancel(),
                length => self.type_keys(&keys[..length])?,
            }
        }
        Ok(())
    }

    /// Waits until `dialoguer` reads: it would throw away what was typed before. `false` if the
    /// question has ended.
    fn wait_until_echo_is_off(&self, end: &PipeReader) -> io::Result<bool> {
        let pause = Timespec {
            tv_sec: 0,
            tv_nsec: i64::from(ECHO_POLL.subsec_nanos()),
        };
        while tcgetattr(&self.reader)?
            .local_modes
            .contains(LocalModes::ECHO)
        {
            let mut waited = [PollFd::new(end, PollFlags::IN)];
            if poll(&mut waited, Some(&pause))? > 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn type_keys(&self, keys: &[u8]) -> io::Result<()> {
        let mut answer = Vec::with_capacity(keys.len());
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        for (index, key) in keys.iter().enumerate() {
            match *key {
                CTRL_C | CTRL_D => {
                    self.cancel();
                    return Ok(());
                }
                CTRL_Z => kill(Pid::this(), Signal::SIGTSTP)?,
                end @ (b'\r' | b'\n') if self.reads_secret() => {
                    answer.push(end);
                    // What follows would be thrown away with the rest of this question.
                    typed_ahead().extend_from_slice(&keys[index + 1..]);
                    self.answered.store(true, Ordering::SeqCst);
                    break;
                }
                key if self.kind == PromptKind::Line => answer.extend(line.translate(key)),
                key => answer.push(key),
            }
        }
        drop(line);
        if let Some(writer) = &*self.lock_writer() {
            match rustix::io::write(writer, &answer) {
                Err(rustix::io::Errno::AGAIN) => {}
                written => drop(written?),
            }
        }
        Ok(())
    }

    /// Keeps the keys that were typed after the answer for the next question.
    pub(super) fn keep_typed_ahead(&self) -> io::Result<()> {
        let mut modes = tcgetattr(&self.reader)?;
        modes.make_raw();
        modes.special_codes[SpecialCodeIndex::VMIN] = 0;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(&self.reader, OptionalActions::Now, &modes)?;
        let mut keys = [0; 256];
        loop {
            match rustix::io::read(&self.reader, &mut keys)? {
                0 => return Ok(()),
                length => typed_ahead().extend_from_slice(&keys[..length]),
            }
        }
    }
}

fn typed_ahead() -> std::sync::MutexGuard<'static, Vec<u8>> {
    TYPED_AHEAD.lock().unwrap_or_else(PoisonError::into_inner)
}
