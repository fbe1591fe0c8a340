//! The address that a server listens at.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs as _};
use std::str::FromStr;

use crate::diagnostic::Diagnostic;

/// The port where none is given.
const PORT: u16 = 8000;

/// Where to listen: `8000`, `127.0.0.1:8000`, `0:8000` (every address), `[::1]:8000`, `localhost:8000`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BindAddress {
    host: BindHost,
    port: u16,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum BindHost {
    Ip(IpAddr),
    Name(String),
}

/// A text that is not an address to listen at.
#[derive(Debug, thiserror::Error)]
#[error(
    "it is neither a port nor an address with a port, such as `8000`, `0:8000` or `[::1]:8000`"
)]
pub struct InvalidBindAddress;

impl Default for BindAddress {
    fn default() -> Self {
        Self {
            host: BindHost::Ip(Ipv4Addr::LOCALHOST.into()),
            port: PORT,
        }
    }
}

impl FromStr for BindAddress {
    type Err = InvalidBindAddress;

    fn from_str(text: &str) -> Result<Self, InvalidBindAddress> {
        let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
        let digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let port = port
            .parse()
            .ok()
            .filter(|_| digits)
            .ok_or(InvalidBindAddress)?;
        let host = BindHost::parse(host).ok_or(InvalidBindAddress)?;
        Ok(Self { host, port })
    }
}

impl BindHost {
    fn parse(text: &str) -> Option<Self> {
        if let Some(inside) = text.strip_prefix('[') {
            let address: Ipv6Addr = inside.strip_suffix(']')?.parse().ok()?;
            return Some(Self::Ip(address.into()));
        }
        let address = match text {
            "" => Ipv4Addr::LOCALHOST,
            "0" | "*" => Ipv4Addr::UNSPECIFIED,
            _ => match text.parse() {
                Ok(address) => address,
                Err(_) => return is_host_name(text).then(|| Self::Name(text.to_owned())),
            },
        };
        Some(Self::Ip(address.into()))
    }
}

/// Letters, digits and `-` between dots; all digits would be an address that is cut short.
fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let numeric = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    text.split('.').all(is_label) && !numeric
}

impl fmt::Display for BindAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            BindHost::Ip(address) => SocketAddr::new(*address, self.port).fmt(f),
            BindHost::Name(name) => write!(f, "{name}:{}", self.port),
        }
    }
}

/// A bound socket: from here on connections wait to be accepted.
#[derive(Debug)]
pub struct Listener {
    address: BindAddress,
    pub(super) socket: TcpListener,
}

impl Listener {
    /// Listens at `address`; port 0 takes any free one.
    pub fn bind(address: &BindAddress) -> Result<Self, BindError> {
        let failed = |cause| BindError {
            address: address.clone(),
            cause,
        };
        let socket = match &address.host {
            BindHost::Ip(ip) => TcpListener::bind((*ip, address.port)),
            BindHost::Name(name) => {
                let found = (name.as_str(), address.port).to_socket_addrs();
                let found: Vec<_> = found.map_err(failed)?.collect();
                TcpListener::bind(found.as_slice())
            }
        };
        let socket = socket.map_err(failed)?;
        let mut address = address.clone();
        address.port = socket.local_addr().map_err(failed)?.port();
        Ok(Self { address, socket })
    }

    /// The address a browser on this machine reaches it at.
    pub fn url(&self) -> String {
        let mut address = self.address.clone();
        address.host = match address.host {
            BindHost::Ip(IpAddr::V4(Ipv4Addr::UNSPECIFIED)) => {
                BindHost::Ip(Ipv4Addr::LOCALHOST.into())
            }
            BindHost::Ip(IpAddr::V6(Ipv6Addr::UNSPECIFIED)) => {
                BindHost::Ip(Ipv6Addr::LOCALHOST.into())
            }
            host => host,
        };
        format!("http://{address}/")
    }

    /// Whether it is reached at every address of this machine.
    pub fn is_reachable_everywhere(&self) -> bool {
        matches!(&self.address.host, BindHost::Ip(address) if address.is_unspecified())
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port
    }
}

/// Why nothing can listen at an address.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen at {address}: {}", reason(cause))]
pub struct BindError {
    /// The address.
    pub address: BindAddress,
    /// What the system said; the message says it in our words.
    cause: io::Error,
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => "the port is in use".to_owned(),
        ErrorKind::PermissionDenied => "the port needs more rights".to_owned(),
        ErrorKind::AddrNotAvailable => "the address does not belong to this machine".to_owned(),
        _ => error.to_string(),
    }
}

impl Diagnostic for BindError {
    fn code(&self) -> &'static str {
        match self.cause.kind() {
            ErrorKind::AddrInUse => "port-in-use",
            ErrorKind::PermissionDenied => "port-not-permitted",
            _ => "address-not-available",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self.cause.kind() {
            ErrorKind::AddrInUse => format!(
                "stop the other server, or take another port: `djr runserver {}`",
                self.address.port.checked_add(1).unwrap_or(PORT)
            ),
            ErrorKind::PermissionDenied => {
                format!("take a port from 1024 on: `djr runserver {PORT}`")
            }
            _ => format!(
                "`djr runserver 0:{}` listens at every address",
                self.address.port
            ),
        };
        vec![hint]
    }
}

#[cfg(test)]
mod tests {
    use super::{BindAddress, Listener};
    use crate::diagnostic::Diagnostic as _;

    #[test]
    fn reads_what_django_reads() {
        for (text, address) in [
            ("8080", "127.0.0.1:8080"),
            (":8080", "127.0.0.1:8080"),
            ("0:8080", "0.0.0.0:8080"),
            ("10.0.0.1:80", "10.0.0.1:80"),
            ("[::1]:8000", "[::1]:8000"),
            ("localhost:8000", "localhost:8000"),
            ("deadbeef:7654", "deadbeef:7654"),
        ] {
            assert_eq!(text.parse::<BindAddress>().unwrap().to_string(), address);
        }
        assert_eq!(BindAddress::default().to_string(), "127.0.0.1:8000");
    }

    #[test]
    fn refuses_what_is_not_an_address() {
        for text in [
            "",
            "abc",
            "99999",
            "+80",
            "127.0.0.1:",
            "1.2.3:80",
            "1.2.3.4.5:80",
            "::1:8000",
            "[::1]",
            "[1.2.3.4]:80",
            "a_b:80",
            "a b:80",
            "http://localhost:80",
            "-1",
            "8000 ",
        ] {
            assert!(text.parse::<BindAddress>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn tells_who_has_the_port() {
        let first = Listener::bind(&"127.0.0.1:0".parse().unwrap()).unwrap();
        let taken = format!("127.0.0.1:{}", first.port());
        assert_eq!(first.url(), format!("http://{taken}/"));
        let error = Listener::bind(&taken.parse().unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("cannot listen at {taken}: the port is in use")
        );
        assert_eq!(error.code(), "port-in-use");
    }
}
