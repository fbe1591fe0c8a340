//! A request from its head to the last byte of its response.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::Version;
use hyper::http::request::Parts;

use crate::clock::{self, Moment};
use crate::logging::AccessDetails;
use crate::server::connection_state::ConnectionState;
use crate::server::server_event::{EventSender, ServerEvent};

/// The status in the log of a request that ended without a response; nginx's "client closed request".
const UNANSWERED: u16 = 499;

/// A request that is being answered: held by its handler first, then by the body of the response.
///
/// However the request ends, this is dropped, and only then, so that each one has exactly one access line: also where
/// the client hangs up, the handler panics or the server stops.
#[derive(Debug)]
pub(super) struct RequestInFlight {
    time: Moment,
    access: AccessDetails,
    started: Instant,
    connection: Arc<ConnectionState>,
    events: EventSender,
}

impl RequestInFlight {
    /// The request whose `head` has just come.
    pub(super) fn begin(
        head: &Parts,
        connection: Arc<ConnectionState>,
        events: EventSender,
    ) -> Self {
        connection.request_started();
        let access = AccessDetails {
            method: head.method.to_string(),
            target: head.uri.to_string(),
            version: if head.version == Version::HTTP_10 {
                "HTTP/1.0"
            } else {
                "HTTP/1.1"
            },
            status: UNANSWERED,
            size: 0,
            duration: Duration::ZERO,
        };
        Self {
            time: clock::now(),
            access,
            started: Instant::now(),
            connection,
            events,
        }
    }

    /// Notes that it has a response.
    pub(super) fn answered(&mut self, status: u16) {
        self.access.status = status;
    }

    /// Its connection.
    pub(super) fn connection(&self) -> &ConnectionState {
        &self.connection
    }

    /// Notes that `bytes` more of the response's body are on their way.
    pub(super) fn body_sent(&mut self, bytes: u64) {
        self.access.size = self.access.size.saturating_add(bytes);
    }
}

impl Drop for RequestInFlight {
    fn drop(&mut self) {
        self.connection.response_finished();
        self.access.duration = self.started.elapsed();
        self.events.send(ServerEvent::Access {
            time: self.time,
            access: std::mem::take(&mut self.access),
        });
    }
}
