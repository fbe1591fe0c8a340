//! A session at the prompt of `djr shell`, as a page shows it.

use crate::support::Terminal;

const PROMPT: &str = ">>> ";

/// Types each line that stands behind a prompt in `shown`, and compares what is answered.
#[track_caller]
pub(super) fn follow(mut terminal: Terminal, shown: &str) {
    terminal.wait_for(PROMPT);
    for part in format!("\n{shown}").split("\n>>> ").skip(1) {
        let (line, expected) = part.split_once('\n').unwrap_or((part, ""));
        terminal.press(&format!("{line}\r"));
        let screen = terminal.wait_for(PROMPT).replace('\r', "");
        let answer = screen.strip_prefix(&format!("{line}\n"));
        let answer = answer.unwrap_or_else(|| panic!("`{line}` was not typed: {screen}"));
        let answer = answer.strip_suffix(PROMPT).unwrap();
        assert!(
            is_shown(answer, expected),
            "{line}\n{answer}\n-- instead of\n{expected}"
        );
    }
}

/// Whether `answer` is what was `expected`, where a line `...` stands for any lines.
fn is_shown(answer: &str, expected: &str) -> bool {
    match expected.split_once("...\n") {
        Some((begin, end)) => {
            answer.starts_with(begin) && answer.trim_end().ends_with(end.trim_end())
        }
        None => answer.trim_end() == expected.trim_end(),
    }
}
