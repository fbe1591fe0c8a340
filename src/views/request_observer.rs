//! What a request does, for who asked to see it: the log of statements.
//!
//! Nobody asks in production: then a request is answered as if this were not there.

use crate::db::{ExecutedStatement, watch_statements};
use crate::http::Response;
use crate::logging::{LogDetails, Logger, StatementDetails};
use crate::settings::LogLevel;
use crate::views::{AppState, Request};

/// Sees what requests do.
#[derive(Debug)]
pub struct RequestObserver {
    /// Where statements are logged, if anybody reads them there.
    statements: Option<Logger>,
}

impl RequestObserver {
    /// The observer of a site; `None` where nobody asked for one.
    pub fn new(state: &AppState) -> Option<Self> {
        let statements = state.logging.logger("djr.db");
        let statements = statements.is_enabled(LogLevel::Debug).then_some(statements);
        statements.is_some().then_some(Self { statements })
    }

    /// Has `answer` make the response to `request`.
    pub fn observe(
        &self,
        request: &mut Request<'_>,
        answer: impl FnOnce(&mut Request<'_>) -> Response,
    ) -> Response {
        let logger = self.statements.clone();
        let observer = move |statement: ExecutedStatement| {
            if let Some(logger) = &logger {
                log_statement(logger, &statement);
            }
        };
        watch_statements(observer, || answer(request))
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
