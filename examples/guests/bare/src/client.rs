//! An HTTP/1.1 client: one request, one connection, one answer. Names are resolved by the cluster's DNS.
use crate::{
    machine::clock::{self, Clock},
    net::Stack,
    reply::{self, Reply},
    url::Url,
};
use alloc::{format, string::String, vec, vec::Vec};
use core::fmt;
use smoltcp::{
    iface::SocketHandle,
    socket::{
        dns::{self, GetQueryResultError},
        tcp,
    },
    time::{Duration, Instant},
    wire::{DnsQueryType, IpAddress, Ipv4Address},
};

const RECEIVE: usize = 4096;
const SEND: usize = 4096;
/// For the whole of one request: name, connection, answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Local ports are of the dynamic range, one after the other from a start that differs from boot to boot.
const FIRST_PORT: u16 = 49152;

#[derive(Debug, PartialEq, Eq)]
pub enum ClientError {
    NoResolver,
    UnknownName(String),
    NoAnswer,
    Refused,
    Malformed,
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClientError::NoResolver => {
                f.write_str("no DNS server is known: give dns= or an address")
            }
            ClientError::UnknownName(name) => write!(f, "DNS knows no {name}"),
            ClientError::NoAnswer => write!(f, "no answer within {} s", PATIENCE.secs()),
            ClientError::Refused => f.write_str("the connection was refused or lost"),
            ClientError::Malformed => f.write_str("the answer is not HTTP, or too large"),
        }
    }
}

pub struct Client {
    dns: Option<Ipv4Address>,
    clock: Clock,
    port: u16,
}

impl Client {
    /// `dns`: who resolves names, unless DHCP names another.
    pub fn new(dns: Option<Ipv4Address>, clock: Clock) -> Self {
        let port = FIRST_PORT + (Clock::entropy() as u16 & 0x3fff);
        Client { dns, clock, port }
    }

    /// Sends one request and waits for the answer, whatever its status.
    pub fn request(
        &mut self,
        stack: &mut Stack,
        method: &str,
        url: &Url,
        body: &str,
    ) -> Result<Reply, ClientError> {
        let deadline = self.clock.now() + PATIENCE;
        self.until(stack, deadline, |stack| stack.address.map(|_| Ok(())))?;
        let address = self.resolve(stack, &url.host, deadline)?;
        let [receive, send] = [RECEIVE, SEND].map(|size| tcp::SocketBuffer::new(vec![0; size]));
        let handle = stack.sockets.add(tcp::Socket::new(receive, send));
        self.port = FIRST_PORT | self.port.wrapping_add(1);
        let result = self.exchange(
            stack,
            handle,
            (address.into(), url.port),
            &head(method, url, body),
            deadline,
        );
        stack.sockets.get_mut::<tcp::Socket>(handle).abort();
        stack.poll(self.clock.now());
        stack.sockets.remove(handle);
        result
    }

    /// Lets time pass, and the network go on.
    pub fn pause(&self, stack: &mut Stack, time: Duration) {
        let deadline = self.clock.now() + time;
        let _ = self.until(stack, deadline, |_| None::<Result<(), ClientError>>);
    }

    fn exchange(
        &self,
        stack: &mut Stack,
        handle: SocketHandle,
        peer: (IpAddress, u16),
        request: &str,
        deadline: Instant,
    ) -> Result<Reply, ClientError> {
        stack
            .connect(handle, peer, self.port)
            .map_err(|_| ClientError::Refused)?;
        let (mut output, mut input) = (request.as_bytes(), Vec::new());
        self.until(stack, deadline, |stack| {
            let socket = stack.sockets.get_mut::<tcp::Socket>(handle);
            if socket.can_send() && !output.is_empty() {
                let sent = socket.send_slice(output).unwrap_or(0);
                output = &output[sent..];
            }
            while socket.can_recv() {
                let _ = socket.recv(|bytes| {
                    input.extend_from_slice(bytes);
                    (bytes.len(), ())
                });
            }
            match reply::parse(&input) {
                Ok(Some(reply)) => Some(Ok(reply)),
                Err(_) => Some(Err(ClientError::Malformed)),
                Ok(None) if !socket.is_active() => Some(Err(ClientError::Refused)),
                Ok(None) => None,
            }
        })
    }

    fn resolve(
        &self,
        stack: &mut Stack,
        host: &str,
        deadline: Instant,
    ) -> Result<Ipv4Address, ClientError> {
        if let Ok(address) = host.parse() {
            return Ok(address);
        }
        let server = self.dns.or(stack.dns).ok_or(ClientError::NoResolver)?;
        let unknown = || ClientError::UnknownName(host.into());
        let handle = stack
            .sockets
            .add(dns::Socket::new(&[server.into()], vec![]));
        let answer = match stack.query(handle, host, DnsQueryType::A) {
            Err(_) => Err(unknown()),
            Ok(query) => self.until(stack, deadline, |stack| {
                match stack
                    .sockets
                    .get_mut::<dns::Socket>(handle)
                    .get_query_result(query)
                {
                    Err(GetQueryResultError::Pending) => None,
                    Err(GetQueryResultError::Failed) => Some(Err(unknown())),
                    Ok(addresses) => Some(
                        addresses
                            .first()
                            .map(|IpAddress::Ipv4(a)| *a)
                            .ok_or_else(unknown),
                    ),
                }
            }),
        };
        stack.sockets.remove(handle);
        answer
    }

    /// Moves frames until there is a result; `NoAnswer` at the deadline.
    fn until<T>(
        &self,
        stack: &mut Stack,
        deadline: Instant,
        mut step: impl FnMut(&mut Stack) -> Option<Result<T, ClientError>>,
    ) -> Result<T, ClientError> {
        loop {
            stack.poll(self.clock.now());
            if let Some(result) = step(stack) {
                return result;
            }
            let now = self.clock.now();
            if now >= deadline {
                return Err(ClientError::NoAnswer);
            }
            let Some(rest) = stack.rest(now) else {
                continue;
            };
            let rest = rest.min(deadline - now);
            if rest > Duration::ZERO {
                clock::idle(rest);
            }
        }
    }
}

fn head(method: &str, url: &Url, body: &str) -> String {
    let Url { host, path, .. } = url;
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}
