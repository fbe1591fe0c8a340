//! Requests to a bucket: signed, bounded in time, repeated where that may help.

use std::io;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use rusty_s3::{Bucket, Credentials, S3Action};
use ureq::http::{Request, Response, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, SendBody, Timeout};

use crate::storage::s3::content_reader::ContentReader;
use crate::storage::s3::error::S3Error;

/// How long the signature of a request holds: clocks may differ.
const SIGNATURE_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// How often a request is sent at most.
const MAX_ATTEMPTS: u32 = 3;

/// How long is waited before the second attempt; before each further one twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Connections that are kept open: about as many as there are workers.
const IDLE_CONNECTIONS: usize = 16;

/// Bytes of an answer in XML at most; a page of 1,000 long names has less.
const MAX_ANSWER: u64 = 16 * 1024 * 1024;

/// What goes with a request.
pub(super) enum Payload<'p, 'c> {
    /// Nothing.
    Empty,
    /// A document.
    Text(String),
    /// Some of a file.
    Part {
        /// The file.
        content: &'p mut ContentReader<'c>,
        /// The first byte.
        start: u64,
        /// Bytes.
        length: u64,
    },
}

/// A bucket, and the connections to it.
#[derive(Debug)]
pub(super) struct S3Client {
    /// The bucket.
    pub(super) bucket: Bucket,
    /// Who signs.
    pub(super) credentials: Option<Credentials>,
    timeout: Duration,
    /// Certificates take milliseconds to read, which only who uses the storage is to pay.
    agent: OnceLock<Agent>,
}

impl S3Client {
    /// Asks `bucket`, and waits `timeout` for each step of a request.
    pub(super) fn new(bucket: Bucket, credentials: Option<Credentials>, timeout: Duration) -> Self {
        Self {
            bucket,
            credentials,
            timeout,
            agent: OnceLock::new(),
        }
    }

    /// Sends a request; returns the answer, which is not a refusal.
    ///
    /// What fails at once is repeated, as long as all attempts together stay within the timeout.
    pub(super) fn send<'a, A: S3Action<'a>>(
        &self,
        mut action: A,
        mut payload: Payload<'_, '_>,
    ) -> Result<Response<Body>, S3Error> {
        let start = Instant::now();
        let mut pause = FIRST_PAUSE;
        for attempt in 1.. {
            let left = self.timeout.saturating_sub(start.elapsed());
            let answer = self.attempt(&mut action, &mut payload, left, attempt > 1);
            let may_pass = match &answer {
                Ok(answer) => is_passing(answer.status()),
                Err(error) => is_broken_connection(error),
            };
            let is_last = attempt >= MAX_ATTEMPTS || start.elapsed() + pause >= self.timeout;
            if !may_pass || is_last {
                return answer.and_then(accepted);
            }
            thread::sleep(pause);
            pause *= 2;
        }
        // The loop has no other end.
        Err(S3Error::Unreadable("no attempt was made".to_owned()))
    }

    /// The document that answers a request.
    pub(super) fn document<'a, A: S3Action<'a>>(
        &self,
        action: A,
        payload: Payload<'_, '_>,
    ) -> Result<String, S3Error> {
        text_of(&mut self.send(action, payload)?)
    }

    fn attempt<'a, A: S3Action<'a>>(
        &self,
        action: &mut A,
        payload: &mut Payload<'_, '_>,
        left: Duration,
        is_repeated: bool,
    ) -> Result<Response<Body>, S3Error> {
        let mut request = Request::builder()
            .method(A::METHOD.to_str())
            .uri(action.sign(SIGNATURE_LIFETIME).as_str());
        for (name, value) in action.headers_mut().iter() {
            request = request.header(name, value);
        }
        match payload {
            Payload::Empty if ["GET", "HEAD", "DELETE"].contains(&A::METHOD.to_str()) => {
                self.run(request.body(SendBody::none())?, left, is_repeated)
            }
            Payload::Empty => self.run(request.body(&[][..])?, left, is_repeated),
            Payload::Text(text) => self.run(request.body(text.as_str())?, left, is_repeated),
            Payload::Part {
                content,
                start,
                length,
            } => {
                let mut part = content.part(*start, *length).map_err(S3Error::Content)?;
                let request = request.header("content-length", *length);
                let body = SendBody::from_reader(&mut part);
                self.run(request.body(body)?, left, is_repeated)
            }
        }
    }

    /// Sends `request` once; a repeated one has no more than `left` for each step.
    fn run(
        &self,
        request: Request<impl ureq::AsSendBody>,
        left: Duration,
        is_repeated: bool,
    ) -> Result<Response<Body>, S3Error> {
        let agent = self.agent.get_or_init(|| self.new_agent());
        if !is_repeated {
            // The agent keeps what it knows of certificates only for requests without limits of their own.
            return Ok(agent.run(request)?);
        }
        let request = agent.configure_request(request);
        let request = request
            .timeout_resolve(Some(left))
            .timeout_connect(Some(left))
            .timeout_recv_response(Some(left));
        Ok(agent.run(request.build())?)
    }

    fn new_agent(&self) -> Agent {
        let limit = Some(self.timeout);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent("djr")
            .max_idle_connections(IDLE_CONNECTIONS)
            .max_idle_connections_per_host(IDLE_CONNECTIONS)
            .timeout_resolve(limit)
            .timeout_connect(limit)
            .timeout_send_request(limit)
            .timeout_recv_response(limit)
            // A large file may take longer than that, as long as it moves.
            .timeout_per_read(limit)
            .timeout_per_write(limit);
        let config = if self.bucket.base_url().scheme() == "https" {
            config.tls_config(tls())
        } else {
            config
        };
        config.build().into()
    }
}

/// The certificates of the system, or those of `SSL_CERT_FILE`.
fn tls() -> TlsConfig {
    let found = rustls_native_certs::load_native_certs();
    let roots = found
        .certs
        .iter()
        .map(|certificate| Certificate::from_der(certificate).to_owned());
    let roots: Vec<_> = roots.collect();
    TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}

/// The text of an answer.
pub(super) fn text_of(answer: &mut Response<Body>) -> Result<String, S3Error> {
    let body = answer.body_mut().with_config().limit(MAX_ANSWER);
    Ok(body.lossy_utf8(true).read_to_string()?)
}

/// `answer`, unless it is a refusal.
fn accepted(mut answer: Response<Body>) -> Result<Response<Body>, S3Error> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    let text = text_of(&mut answer).unwrap_or_default();
    Err(S3Error::refused(answer.status().as_u16(), &text))
}

/// Whether a service that answers this may answer otherwise in a moment.
fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 409 | 429 | 500 | 502 | 503 | 504)
}

/// Whether a connection broke or was refused, which another one may not be.
fn is_broken_connection(error: &S3Error) -> bool {
    match error {
        S3Error::Unreachable(ureq::Error::Io(error)) => error.kind() != io::ErrorKind::TimedOut,
        S3Error::Unreachable(ureq::Error::Timeout(step)) => matches!(step, Timeout::Resolve),
        S3Error::Unreachable(error) => matches!(error, ureq::Error::ConnectionFailed),
        _ => false,
    }
}
