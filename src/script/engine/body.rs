//! The bodies of responses that are not in memory: files, and what a generator of Python gives while it is sent.
//!
//! Python objects stay on their thread. The worker that made a stream goes on with it when the response is on its way,
//! and hands the chunks over; whoever reads the body on the same thread asks the generator itself.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, ThreadId};

use rustpython_vm::builtins::PyBytes;
use rustpython_vm::function::OptionalArg;
use rustpython_vm::{AsObject as _, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

use crate::http::{Body, BodyStream, FileRange, after_response};
use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::python_error;
use crate::views::HttpError;

/// How many chunks wait for the client at most.
const WAITING: usize = 4;

/// The bytes of a file that are read at once.
const BLOCK: u64 = 64 * 1024;

thread_local! {
    static STREAMS: RefCell<HashMap<u64, PythonStream>> = RefCell::default();
    static NEXT: RefCell<u64> = const { RefCell::new(0) };
}

/// A generator whose chunks are the body of a response.
#[derive(Clone)]
struct PythonStream {
    site: Arc<PythonSite>,
    /// What `next` is called on.
    chunks: PyObjectRef,
    /// The response, which is closed at the end.
    response: PyObjectRef,
}

/// The body of the response that `chunks` gives, piece by piece.
pub(super) fn stream(
    site: Arc<PythonSite>,
    chunks: PyObjectRef,
    response: PyObjectRef,
) -> BodyStream {
    let number = NEXT.with_borrow_mut(|next| {
        *next += 1;
        *next
    });
    let stream = PythonStream {
        site,
        chunks,
        response,
    };
    STREAMS.with_borrow_mut(|streams| streams.insert(number, stream));
    let (sender, receiver) = sync_channel(WAITING);
    let open = OpenStream(number);
    after_response(move || send_all(&open, &sender));
    BodyStream::new(Chunks {
        number,
        thread: thread::current().id(),
        receiver,
    })
}

/// A stream that is closed with the last who asks for it.
struct OpenStream(u64);

impl Drop for OpenStream {
    fn drop(&mut self) {
        let over = STREAMS.with_borrow_mut(|streams| streams.remove(&self.0));
        if let Some(stream) = over {
            stream.close();
        }
    }
}

/// Hands over all that the stream gives, as fast as it is taken; it ends with who takes it.
fn send_all(stream: &OpenStream, sender: &SyncSender<io::Result<Vec<u8>>>) {
    while let Some(chunk) = next_chunk(stream.0) {
        let is_end = chunk.is_err();
        if sender.send(chunk).is_err() || is_end {
            break;
        }
    }
}

/// The next piece; `None` at the end.
fn next_chunk(number: u64) -> Option<io::Result<Vec<u8>>> {
    let stream = STREAMS.with_borrow(|streams| streams.get(&number).cloned())?;
    let chunk = stream.next()?;
    Some(chunk.map_err(|error| {
        if let Some(parts) = stream.site.parts() {
            let told = error.messages().join(": ");
            let place = match &error {
                HttpError::Internal(problem) => problem.excerpt.as_ref(),
                _ => None,
            };
            let place = place.map_or_else(String::new, |place| format!("{}: ", place.location));
            let log = &parts.state.log;
            log.error(format!("a response broke off: {place}{told}"));
        }
        io::Error::other("the generator of the response failed")
    }))
}

impl PythonStream {
    fn next(&self) -> Option<Result<Vec<u8>, HttpError>> {
        enter(&self.site, |_, vm| {
            let chunk = vm.call_method(&self.chunks, "__next__", ());
            let chunk = match chunk {
                Ok(chunk) => bytes(&chunk, vm),
                Err(end) if end.fast_isinstance(vm.ctx.exceptions.stop_iteration) => return None,
                Err(exception) => Err(exception),
            };
            Some(chunk.map_err(|exception| python_error::http_error(&exception, vm)))
        })
    }

    fn close(self) {
        enter(&self.site, |_, vm| {
            // `close` itself lets nothing out.
            vm.call_method(&self.response, "close", ()).ok();
        });
    }
}

/// The bytes of a piece of a body.
fn bytes(piece: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    if let Some(bytes) = piece.downcast_ref::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    let class = piece.class().name().to_owned();
    Err(vm.new_type_error(format!("a piece of a body is bytes, not {class}")))
}

/// The chunks of a stream, wherever they are asked for.
struct Chunks {
    number: u64,
    thread: ThreadId,
    receiver: Receiver<io::Result<Vec<u8>>>,
}

impl Iterator for Chunks {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if thread::current().id() == self.thread {
            return next_chunk(self.number);
        }
        self.receiver.recv().ok()
    }
}

/// A body that Python holds: its middleware sees responses of others.
#[pyclass(module = "_djr", name = "Body")]
#[derive(Debug, PyPayload)]
pub(super) struct NativeBody(RefCell<Option<Body>>);

impl NativeBody {
    pub(super) fn new(body: Body) -> Self {
        Self(RefCell::new(Some(body)))
    }

    /// What is left of the body; nothing from then on.
    pub(super) fn take(&self) -> Body {
        self.0.take().unwrap_or_default()
    }

    /// The bytes from `start` on of the file that is open under the number `descriptor`.
    pub(super) fn of_file(descriptor: i32, start: u64, end: u64) -> io::Result<Self> {
        let file = File::open(format!("/dev/fd/{descriptor}"))?;
        let part = FileRange {
            file: Arc::new(file),
            range: start..end,
            is_cached: false,
        };
        Ok(Self::new(Body::File(part)))
    }
}

#[pyclass]
impl NativeBody {
    /// The next piece as bytes; `None` at the end.
    #[pymethod]
    fn next_chunk(&self, vm: &VirtualMachine) -> PyResult {
        let chunk = match &mut *self.0.borrow_mut() {
            Some(Body::Stream(stream)) => stream.chunks.next(),
            Some(Body::File(part)) => read_block(part).transpose(),
            _ => None,
        };
        match chunk {
            Some(Ok(chunk)) => Ok(vm.ctx.new_bytes(chunk).into()),
            Some(Err(error)) => Err(vm.new_os_error(error.to_string())),
            None => Ok(vm.ctx.none()),
        }
    }

    /// The size in bytes, where it is known.
    #[pymethod]
    fn size(&self, _unused: OptionalArg<PyObjectRef>) -> Option<u64> {
        self.0.borrow().as_ref().and_then(Body::size)
    }
}

/// The next block of a file, which is taken from the part.
fn read_block(part: &mut FileRange) -> io::Result<Option<Vec<u8>>> {
    let left = part.range.end.saturating_sub(part.range.start).min(BLOCK);
    let mut block = vec![0; usize::try_from(left).unwrap_or_default()];
    let read = part.file.read_at(&mut block, part.range.start)?;
    if read == 0 {
        return Ok(None);
    }
    block.truncate(read);
    part.range.start += u64::try_from(read).unwrap_or_default();
    Ok(Some(block))
}
