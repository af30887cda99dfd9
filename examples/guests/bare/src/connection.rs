//! One TCP socket of a server: it listens, serves, and listens again.
use crate::{
    answer::{Answer, Site, Then},
    request::{self, Parsed},
};
use alloc::{vec, vec::Vec};
use smoltcp::{
    iface::{SocketHandle, SocketSet},
    socket::tcp::{Socket, SocketBuffer, State},
    time::{Duration, Instant},
};

const RECEIVE: usize = 2048;
const SEND: usize = 4096;
/// A peer that has gone without a word is noticed after this.
const TIMEOUT: Duration = Duration::from_secs(30);
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// How long a client may keep a connection without a request, and how long one may linger that was closed and of
/// which the peer has everything: FIN-WAIT-2 has no end in smoltcp.
const QUIET: Duration = Duration::from_secs(60);
const LINGER: Duration = Duration::from_secs(2);

pub struct Connection {
    pub socket: SocketHandle,
    input: Vec<u8>,
    output: Vec<u8>,
    /// The output waits until then.
    pub held: Option<Instant>,
    close: bool,
    /// When the connection is closed, or dropped if it is closed already.
    deadline: Instant,
}

impl Connection {
    /// Listens from the start: a client's first word may wait in the device already when the first frames are taken.
    pub fn new(sockets: &mut SocketSet, port: u16) -> Self {
        let [receive, send] = [RECEIVE, SEND].map(|size| SocketBuffer::new(vec![0; size]));
        let mut socket = Socket::new(receive, send);
        socket.set_timeout(Some(TIMEOUT));
        socket.set_keep_alive(Some(KEEP_ALIVE));
        socket.set_nagle_enabled(false);
        listen(&mut socket, port);
        Connection {
            socket: sockets.add(socket),
            input: Vec::new(),
            output: Vec::new(),
            held: None,
            close: false,
            deadline: Instant::ZERO,
        }
    }

    /// Whether all that was answered is out.
    pub fn sent(&self, socket: &Socket) -> bool {
        self.output.is_empty() && socket.send_queue() == 0
    }

    /// Listens again after a connection has ended. TIME-WAIT would keep the socket for 10 s: not waited for.
    pub fn recycle(&mut self, socket: &mut Socket, port: u16, now: Instant) -> bool {
        // Not before the peer has all: what it acknowledges later would be answered by a reset, which takes from it
        // what it has not read.
        if socket.state() == State::FinWait2 {
            self.deadline = self.deadline.min(now + LINGER);
        }
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
        listen(socket, port);
        true
    }

    /// No more than one request's worth is kept: the peer's window closes instead.
    pub fn receive(&mut self, socket: &mut Socket, now: Instant) -> bool {
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
    pub fn answer(&mut self, site: &mut impl Site, now: Instant) -> Option<u8> {
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

    pub fn send(&mut self, socket: &mut Socket, now: Instant) -> bool {
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
            self.deadline = now + TIMEOUT;
            return true;
        }
        released || sent > 0
    }
}

fn listen(socket: &mut Socket, port: u16) {
    socket
        .listen(port)
        .expect("the port is not 0 and the socket is closed");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Greeting, PORT, REQUEST, Wire};

    /// True: it listens again.
    fn serve(server: &mut Connection, wire: &mut Wire, now: Instant) -> bool {
        let socket = wire.socket(server.socket);
        if server.recycle(socket, PORT, now) {
            return true;
        }
        server.receive(socket, now);
        server.answer(&mut Greeting, now);
        server.send(socket, now);
        false
    }

    #[test]
    fn what_a_peer_acknowledges_late_is_not_taken_from_it() {
        let mut wire = Wire::new();
        let mut server = Connection::new(&mut wire.sockets, PORT);
        let mut now = Instant::ZERO;
        let client = wire.client(40_000);
        let mut asked = false;
        while wire.socket(client).recv_queue() == 0 {
            now += Duration::from_millis(1);
            wire.poll(now);
            serve(&mut server, &mut wire, now);
            if wire.socket(client).may_send() && !asked {
                asked = true;
                wire.socket(client).send_slice(REQUEST).unwrap();
            }
            assert!(now < Instant::from_secs(1));
        }
        assert_eq!(wire.socket(server.socket).state(), State::FinWait1);

        now += LINGER * 2;
        let recycled = serve(&mut server, &mut wire, now);
        assert!(!recycled, "the acknowledgement is on its way");
        while wire.socket(server.socket).state() != State::Listen {
            now += Duration::from_millis(100);
            wire.poll(now);
            serve(&mut server, &mut wire, now);
            assert!(now < Instant::from_secs(10));
        }
        let answer = wire
            .socket(client)
            .recv(|bytes| (bytes.len(), bytes.to_vec()));
        assert!(answer.unwrap().ends_with(b"good day"));
    }
}
