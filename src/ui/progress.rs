//! The progress of a long task.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::ui::Ui;

/// Redraws a second: often enough to look smooth, seldom enough to cost nothing.
const RATE: u8 = 15;

/// A bar on a terminal, nothing elsewhere; it is removed when it is dropped.
#[derive(Debug)]
pub(crate) struct TaskProgress(ProgressBar);

impl Ui {
    /// Shows how many of `total` steps of `task` are done, where a person may see it.
    pub(crate) fn progress(&self, task: &'static str, total: usize) -> TaskProgress {
        let target = if self.shows_progress() {
            ProgressDrawTarget::stderr_with_hz(RATE)
        } else {
            ProgressDrawTarget::hidden()
        };
        let total = u64::try_from(total).unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(total), target);
        // The template is a constant; indicatif's own would do as well.
        if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_prefix(task);
        TaskProgress(bar)
    }
}

impl TaskProgress {
    /// One step more is done; may be called from any thread.
    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    /// So many steps more are done.
    pub(crate) fn advance(&self, steps: usize) {
        self.0.inc(u64::try_from(steps).unwrap_or(u64::MAX));
    }
}

impl Drop for TaskProgress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
