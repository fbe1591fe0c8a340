//! What a request does, as its panel tells it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::db::ExecutedStatement;

/// Statements and templates that are kept of one request.
const MOST: usize = 500;

/// What a request did so far.
#[derive(Debug)]
pub struct RequestTrace {
    started: Instant,
    noted: Mutex<NotedEvents>,
}

/// What was noted.
#[derive(Debug, Default)]
pub(super) struct NotedEvents {
    pub(super) statements: Vec<ExecutedStatement>,
    /// Statements beyond those that are kept.
    pub(super) more_statements: usize,
    pub(super) templates: Vec<RenderedTemplate>,
}

/// A template that was rendered.
#[derive(Debug)]
pub(in crate::views) struct RenderedTemplate {
    pub(in crate::views) name: String,
    /// Those that it extends, includes and imports, as often as it did.
    pub(in crate::views) used: Vec<String>,
    /// The names that it could use.
    pub(in crate::views) context: Vec<String>,
    pub(in crate::views) duration: Duration,
}

impl Default for RequestTrace {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            noted: Mutex::default(),
        }
    }
}

impl RequestTrace {
    /// The time since the request came.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// What was noted so far.
    pub(super) fn noted(&self) -> MutexGuard<'_, NotedEvents> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a statement that ran.
    pub(in crate::views) fn ran(&self, statement: ExecutedStatement) {
        let mut noted = self.noted();
        if noted.statements.len() < MOST {
            noted.statements.push(statement);
        } else {
            noted.more_statements += 1;
        }
    }

    /// Notes that a template was rendered.
    pub(in crate::views) fn rendered(&self, template: RenderedTemplate) {
        let mut noted = self.noted();
        if noted.templates.len() < MOST {
            noted.templates.push(template);
        }
    }
}
