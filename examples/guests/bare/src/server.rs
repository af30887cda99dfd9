//! HTTP, until the guest is to end.
use crate::{
    answer::Site,
    console,
    machine::{
        clock::{self, Clock},
        exit::exit,
        serial::name,
    },
    net::Stack,
    pool::Pool,
};
use smoltcp::time::{Duration, Instant};

const CONNECTIONS: usize = 32;
/// How long a last answer may take to get out.
const FAREWELL: Duration = Duration::from_millis(200);

pub struct Server {
    port: u16,
    pool: Pool,
    /// Code and time at the latest.
    ending: Option<(u8, Instant)>,
}

impl Server {
    pub fn start(stack: &mut Stack, port: u16) -> Self {
        Server {
            port,
            pool: Pool::new(&mut stack.sockets, port, CONNECTIONS),
            ending: None,
        }
    }

    /// One pass over all connections; true if anything moved.
    pub fn run(&mut self, stack: &mut Stack, site: &mut impl Site, now: Instant) -> bool {
        let pass = self.pool.run(&mut stack.sockets, self.port, site, now);
        if let Some(code) = pass.exit {
            self.ending.get_or_insert((code, now + FAREWELL));
        }
        if let Some((code, deadline)) = self.ending
            && (!pass.unsent || now >= deadline)
        {
            console!("{}: exit {code}", name());
            exit(code);
        }
        pass.moved
    }

    /// When it wants to run again, even if no frame comes in.
    pub fn next(&self) -> Option<Instant> {
        let ending = self.ending.map(|(_, deadline)| deadline);
        self.pool.next().into_iter().chain(ending).min()
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
