//! HTTP on a fixed pool of TCP sockets. smoltcp has no backlog: each socket listens, serves, and listens again.
use crate::{
    answer::{Answer, Site, Then},
    console,
    machine::{
        clock::{self, Clock},
        exit::exit,
        serial::name,
    },
    net::Stack,
    request::{self, Parsed},
};
use alloc::{vec, vec::Vec};
use smoltcp::{
    iface::SocketHandle,
    socket::tcp::{Socket, SocketBuffer, State},
    time::{Duration, Instant},
};

const CONNECTIONS: usize = 32;
const RECEIVE: usize = 2048;
const SEND: usize = 4096;
/// A peer that has gone without a word is noticed after this.
const TIMEOUT: Duration = Duration::from_secs(30);
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// How long a client may keep a connection without a request, and how long a closed one may linger: FIN-WAIT-2
/// has no end in smoltcp.
const QUIET: Duration = Duration::from_secs(60);
const LINGER: Duration = Duration::from_secs(2);
/// How long a last answer may take to get out.
const FAREWELL: Duration = Duration::from_millis(200);

pub struct Server {
    port: u16,
    connections: Vec<Connection>,
    /// Code and time at the latest.
    ending: Option<(u8, Instant)>,
}

struct Connection {
    socket: SocketHandle,
    input: Vec<u8>,
    output: Vec<u8>,
    /// The output waits until then.
    held: Option<Instant>,
    close: bool,
    /// When the connection is closed, or dropped if it is closed already.
    deadline: Instant,
}

impl Server {
    pub fn start(stack: &mut Stack, port: u16) -> Self {
        let connections = (0..CONNECTIONS).map(|_| {
            let [receive, send] = [RECEIVE, SEND].map(|size| SocketBuffer::new(vec![0; size]));
            let mut socket = Socket::new(receive, send);
            socket.set_timeout(Some(TIMEOUT));
            socket.set_keep_alive(Some(KEEP_ALIVE));
            socket.set_nagle_enabled(false);
            Connection {
                socket: stack.sockets.add(socket),
                input: Vec::new(),
                output: Vec::new(),
                held: None,
                close: false,
                deadline: Instant::ZERO,
            }
        });
        let connections = connections.collect();
        Server {
            port,
            connections,
            ending: None,
        }
    }

    /// One pass over all connections; true if anything moved.
    pub fn run(&mut self, stack: &mut Stack, site: &mut impl Site, now: Instant) -> bool {
        let mut moved = false;
        let mut sent = true;
        for connection in &mut self.connections {
            let socket = stack.sockets.get_mut::<Socket>(connection.socket);
            if connection.recycle(socket, self.port, now) {
                moved = true;
                continue;
            }
            moved |= connection.receive(socket, now);
            if let Some(code) = connection.answer(site, now) {
                self.ending.get_or_insert((code, now + FAREWELL));
            }
            moved |= connection.send(socket, now);
            sent &= connection.output.is_empty() && socket.send_queue() == 0;
        }
        if let Some((code, deadline)) = self.ending
            && (sent || now >= deadline)
        {
            console!("{}: exit {code}", name());
            exit(code);
        }
        moved
    }

    /// When it wants to run again, even if no frame comes in.
    pub fn next(&self) -> Option<Instant> {
        let held = self.connections.iter().filter_map(|c| c.held);
        held.chain(self.ending.map(|(_, deadline)| deadline)).min()
    }
}

impl Connection {
    /// Listens again after a connection has ended. TIME-WAIT would keep the socket for 10 s: not waited for.
    fn recycle(&mut self, socket: &mut Socket, port: u16, now: Instant) -> bool {
        match socket.state() {
            State::Listen | State::SynReceived => {
                self.deadline = now + QUIET;
                return false;
            }
            State::Closed | State::TimeWait => {}
            _ if now < self.deadline => return false,
            _ if !self.close && socket.may_send() => {
                self.close = true;
                return false;
            }
            _ => {}
        }
        socket.abort();
        (self.input, self.output) = (Vec::new(), Vec::new());
        (self.held, self.close) = (None, false);
        socket
            .listen(port)
            .expect("the port is not 0 and the socket is closed");
        true
    }

    /// No more than one request's worth is kept: the peer's window closes instead.
    fn receive(&mut self, socket: &mut Socket, now: Instant) -> bool {
        if !socket.can_recv() || self.input.len() >= request::LIMIT {
            return false;
        }
        self.deadline = now + QUIET;
        let input = &mut self.input;
        let discard = self.close;
        let taken = socket.recv(|bytes| {
            if !discard {
                input.extend_from_slice(bytes);
            }
            (bytes.len(), ())
        });
        taken.is_ok()
    }

    /// Answers every request that is complete. Some: the guest is to end with this code.
    fn answer(&mut self, site: &mut impl Site, now: Instant) -> Option<u8> {
        while self.held.is_none() && !self.close && self.output.len() < SEND {
            let (answer, head_only, length) = match request::parse(&self.input) {
                Parsed::Incomplete => return None,
                Parsed::Malformed => (Answer::new("400 Bad Request", "bad request\n"), false, None),
                Parsed::TooLarge => (
                    Answer::new("413 Content Too Large", "too large\n"),
                    false,
                    None,
                ),
                Parsed::Request(request) => {
                    self.close = request.close;
                    (
                        site.answer(&request, now),
                        request.method == "HEAD",
                        Some(request.length),
                    )
                }
            };
            self.close |= length.is_none();
            self.input.drain(..length.unwrap_or(self.input.len()));
            self.output
                .extend_from_slice(answer.encode(head_only, self.close).as_bytes());
            match answer.then {
                Then::Nothing => {}
                Then::Wait(time) => {
                    self.held = Some(now + time);
                    self.deadline = now + time + QUIET;
                }
                Then::Exit(code) => return Some(code),
                Then::Panic => panic!("asked to, by GET /panic"),
            }
        }
        None
    }

    fn send(&mut self, socket: &mut Socket, now: Instant) -> bool {
        if self.held.is_some_and(|until| now < until) {
            return false;
        }
        let released = self.held.take().is_some();
        let mut sent = 0;
        if !self.output.is_empty() && socket.can_send() {
            sent = socket.send_slice(&self.output).unwrap_or(0);
            self.output.drain(..sent);
        }
        let done = self.close || socket.state() == State::CloseWait;
        if self.output.is_empty() && done && socket.may_send() {
            socket.close();
            self.close = true;
            self.deadline = now + LINGER;
            return true;
        }
        released || sent > 0
    }
}

/// Serves for ever. `also` runs in every round, for what else the guest does.
pub fn serve(
    stack: &mut Stack,
    port: u16,
    site: &mut impl Site,
    clock: Clock,
    mut also: impl FnMut(),
) -> ! {
    let mut server = Server::start(stack, port);
    console!("{}: listening on port {port}", name());
    loop {
        stack.poll(clock.now());
        site.moved(stack.address);
        also();
        if server.run(stack, site, clock.now()) {
            continue;
        }
        let now = clock.now();
        let Some(rest) = stack.rest(now) else {
            continue;
        };
        let rest = server.next().map_or(rest, |time| rest.min(time - now));
        if rest > Duration::ZERO {
            clock::idle(rest);
        }
    }
}
