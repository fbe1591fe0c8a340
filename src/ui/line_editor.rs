//! Lines that a person types at a prompt, with editing, history and completion.

use std::fmt;
use std::io;
use std::path::PathBuf;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

/// How many lines are remembered.
const REMEMBERED: usize = 1000;

/// What stands at the beginning of a line for each step of indentation that is asked for by TAB.
const INDENT: &str = "    ";

/// What completes the last word of a line.
pub(crate) type Completions = fn(&str) -> Vec<String>;

/// Lines that a person types at a prompt, with editing, history and completion.
pub(crate) struct LineEditor {
    editor: Editor<WordCompleter, FileHistory>,
    history: Option<PathBuf>,
}

/// What ended a line.
#[derive(Debug)]
pub(crate) enum EditedLine {
    /// It was typed, or several that were pasted.
    Text(String),
    /// Ctrl-C.
    Interrupted,
    /// Ctrl-D.
    End,
}

impl LineEditor {
    /// An editor that remembers lines in the file `history` and completes words by `complete`.
    pub(crate) fn open(history: Option<PathBuf>, complete: Completions) -> io::Result<Self> {
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .max_history_size(REMEMBERED)
            .and_then(|config| config.history_ignore_dups(true))
            .map_err(io::Error::other)?
            .auto_add_history(true)
            .build();
        let mut editor = Editor::with_config(config).map_err(io::Error::other)?;
        editor.set_helper(Some(WordCompleter(complete)));
        if let Some(path) = &history {
            // There is none before the first time, and one that cannot be read is not missed.
            editor.load_history(path).ok();
        }
        Ok(Self { editor, history })
    }

    /// The next line behind `prompt`.
    pub(crate) fn read(&mut self, prompt: &str) -> io::Result<EditedLine> {
        match self.editor.readline(prompt) {
            Ok(line) => {
                if let Some(path) = &self.history {
                    // A home that cannot be written to forgets.
                    self.editor.append_history(path).ok();
                }
                Ok(EditedLine::Text(line))
            }
            Err(ReadlineError::Interrupted) => Ok(EditedLine::Interrupted),
            Err(ReadlineError::Eof) => Ok(EditedLine::End),
            Err(ReadlineError::Io(error)) => Err(error),
            Err(error) => Err(io::Error::other(error)),
        }
    }
}

impl fmt::Debug for LineEditor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineEditor")
            .field("history", &self.history)
            .finish_non_exhaustive()
    }
}

/// Completes the last word before the cursor.
struct WordCompleter(Completions);

impl Completer for WordCompleter {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line.get(..position).unwrap_or(line);
        if before.trim().is_empty() {
            let indent = Pair {
                display: String::new(),
                replacement: INDENT.to_owned(),
            };
            return Ok((position, vec![indent]));
        }
        let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
        let start = before.trim_end_matches(is_of_word).len();
        let found = (self.0)(before).into_iter();
        let found = found.map(|replacement| Pair {
            display: replacement.rsplit('.').next().unwrap_or("").to_owned(),
            replacement,
        });
        Ok((start, found.collect()))
    }
}

impl Highlighter for WordCompleter {}
impl Hinter for WordCompleter {
    type Hint = String;
}
impl Validator for WordCompleter {}
impl Helper for WordCompleter {}
