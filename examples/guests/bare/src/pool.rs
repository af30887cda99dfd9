//! The sockets of a server. smoltcp has no backlog: as many clients as there are sockets.
use crate::{answer::Site, connection::Connection};
use alloc::vec::Vec;
use core::mem;
use smoltcp::{
    iface::SocketSet,
    socket::tcp::{Socket, SocketBuffer, State},
    time::Instant,
};

/// In the order of their sockets, those that listen last: smoltcp gives a frame to the first socket that takes it, and
/// a client's repeated SYN must reach the socket that has its first. Another one would answer it as a new connection,
/// and what the client makes of that with a reset.
pub struct Pool {
    connections: Vec<Connection>,
}

/// What one pass over all connections came to.
#[derive(Default)]
pub struct Pass {
    pub moved: bool,
    /// Answers that are not out yet.
    pub unsent: bool,
    /// The guest is to end with this code.
    pub exit: Option<u8>,
}

impl Pool {
    pub fn new(sockets: &mut SocketSet, port: u16, size: usize) -> Self {
        let connections = (0..size).map(|_| Connection::new(sockets, port));
        Pool {
            connections: connections.collect(),
        }
    }

    pub fn run(
        &mut self,
        sockets: &mut SocketSet<'static>,
        port: u16,
        site: &mut impl Site,
        now: Instant,
    ) -> Pass {
        let mut pass = Pass::default();
        // Backwards: what takes the place of one that listens again has had its turn.
        for index in (0..self.connections.len()).rev() {
            let connection = &mut self.connections[index];
            let socket = sockets.get_mut::<Socket>(connection.socket);
            if connection.recycle(socket, port, now) {
                self.put_last(sockets, index);
                pass.moved = true;
                continue;
            }
            pass.moved |= connection.receive(socket, now);
            if let Some(code) = connection.answer(site, now) {
                pass.exit.get_or_insert(code);
            }
            pass.moved |= connection.send(socket, now);
            pass.unsent |= !connection.sent(socket);
        }
        pass
    }

    /// When it wants to run again, even if no frame comes in.
    pub fn next(&self) -> Option<Instant> {
        self.connections.iter().filter_map(|c| c.held).min()
    }

    /// Exchanges one that listens with the last that does not.
    fn put_last(&mut self, sockets: &mut SocketSet<'static>, index: usize) {
        let listens = |c: &Connection| sockets.get::<Socket>(c.socket).state() == State::Listen;
        let last = self.connections.iter().rposition(|c| !listens(c));
        if let Some(last) = last.filter(|last| *last > index) {
            let (here, there) = (
                self.connections[index].socket,
                self.connections[last].socket,
            );
            let none = || Socket::new(SocketBuffer::new(Vec::new()), SocketBuffer::new(Vec::new()));
            let listening = mem::replace(sockets.get_mut(here), none());
            let busy = mem::replace(sockets.get_mut(there), listening);
            *sockets.get_mut(here) = busy;
            self.connections.swap(index, last);
            self.connections[index].socket = here;
            self.connections[last].socket = there;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Greeting, PORT, REQUEST, Wire};
    use smoltcp::time::Duration;

    #[test]
    fn a_client_that_came_before_the_first_pass_is_served() {
        let mut wire = Wire::new();
        let _pool = Pool::new(&mut wire.sockets, PORT, 1);
        let client = wire.client(40_000);
        for millisecond in 0..10 {
            wire.poll(Instant::from_millis(millisecond));
        }
        assert_eq!(wire.socket(client).state(), State::Established);
    }

    #[test]
    fn a_repeated_syn_reaches_the_socket_that_has_the_first() {
        let mut wire = Wire::new();
        let mut pool = Pool::new(&mut wire.sockets, PORT, 2);
        let mut now = Instant::ZERO;
        let mut round = |wire: &mut Wire, pool: &mut Pool| {
            now += Duration::from_millis(1);
            wire.poll(now);
            pool.run(&mut wire.sockets, PORT, &mut Greeting, now);
            now
        };
        let first = wire.client(40_000);
        while !wire.socket(first).may_send() {
            round(&mut wire, &mut pool);
        }
        round(&mut wire, &mut pool);

        let second = wire.client(40_001);
        let now = round(&mut wire, &mut pool);
        let syn = wire.take(now);
        wire.put(&syn, now);
        wire.socket(first).abort();
        while wire.socket(second).state() == State::SynSent {
            let now = round(&mut wire, &mut pool);
            wire.put(&syn, now);
        }
        for _ in 0..10 {
            round(&mut wire, &mut pool);
        }

        assert_eq!(wire.socket(second).state(), State::Established);
        wire.socket(second).send_slice(REQUEST).unwrap();
        while wire.socket(second).recv_queue() == 0 {
            let now = round(&mut wire, &mut pool);
            assert!(now < Instant::from_secs(1));
        }
        let answer = wire
            .socket(second)
            .recv(|bytes| (bytes.len(), bytes.to_vec()));
        assert!(answer.unwrap().ends_with(b"good day"));
    }
}
