//! What a request does, for who asked to see it: the log of statements, and the panel of a page with `debug`.
//!
//! Nobody asks in production: then a request is answered as if this were not there.

use std::sync::Arc;

use crate::db::{ExecutedStatement, watch_statements};
use crate::http::Response;
use crate::logging::{LogDetails, Logger, StatementDetails, capture_records};
use crate::settings::LogLevel;
use crate::views::debug_panel::{RequestTrace, add_panel, style_sheet};
use crate::views::{AppState, Request};

/// Sees what requests do.
#[derive(Debug)]
pub struct RequestObserver {
    /// Where statements are logged, if anybody reads them there.
    statements: Option<Logger>,
    /// Whether pages have a panel.
    has_panel: bool,
}

impl RequestObserver {
    /// The observer of a site; `None` where nobody asked for one.
    pub fn new(state: &AppState) -> Option<Self> {
        let project = &state.settings.project;
        let statements = state.logging.logger("djr.db");
        let observer = Self {
            statements: statements.is_enabled(LogLevel::Debug).then_some(statements),
            has_panel: project.debug && project.debug_panel,
        };
        (observer.statements.is_some() || observer.has_panel).then_some(observer)
    }

    /// Has `answer` make the response to `request`.
    pub fn observe(
        &self,
        request: &mut Request<'_>,
        answer: impl FnOnce(&mut Request<'_>) -> Response,
    ) -> Response {
        if !self.has_panel {
            return watch_statements(self.watcher(None), || answer(request));
        }
        if let Some(response) = style_sheet(request) {
            return response;
        }
        let trace = Arc::<RequestTrace>::default();
        request.trace = Some(Arc::clone(&trace));
        let watcher = self.watcher(Some(Arc::clone(&trace)));
        let answer = || watch_statements(watcher, || answer(request));
        let (mut response, records) = capture_records(answer);
        add_panel(request, &mut response, &trace, &records);
        response
    }

    fn watcher(&self, trace: Option<Arc<RequestTrace>>) -> impl Fn(ExecutedStatement) + 'static {
        let logger = self.statements.clone();
        move |statement| {
            if let Some(logger) = &logger {
                log_statement(logger, &statement);
            }
            if let Some(trace) = &trace {
                trace.ran(statement);
            }
        }
    }
}

fn log_statement(logger: &Logger, statement: &ExecutedStatement) {
    let details = StatementDetails {
        sql: statement.sql.clone(),
        params: statement.literals(),
        alias: statement.alias.to_string(),
        duration: statement.duration,
    };
    let line = details.line();
    logger.log(LogLevel::Debug, line, LogDetails::Statement(details));
}
