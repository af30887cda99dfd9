//! One guest, three roles. This file is the order of things; the library's modules do them.
#![no_std]
#![no_main]
extern crate alloc;

mod flow;

use alloc::string::String;
use bare::{
    answer::{Answer, Site},
    console,
    machine::{self, clock::Clock, entropy::Entropy, exit::exit, files, pvh::StartInfo},
    net::Stack,
    request::Request,
    server,
    settings::Settings,
};
use envelope::{keys::KeyRing, kms, options::Role, store::Store};
use smoltcp::time::Instant;

/// Exit codes: something that was tried failed; the guest was started wrongly; there is nothing to make keys of.
const FAILED: u8 = 1;
const UNUSABLE: u8 = 2;
const NO_ENTROPY: u8 = 3;

/// The library's boot.s calls it, in long mode, with interrupts off.
#[unsafe(no_mangle)]
extern "C" fn kmain(info: &'static StartInfo) -> ! {
    // SAFETY: called once, with what boot.s passes on.
    let clock = unsafe { machine::start("envelope", info) };
    match start(info) {
        Ok((settings, role)) => run(&settings, role, clock),
        Err(reason) => end(UNUSABLE, &reason),
    }
}

fn start(info: &'static StartInfo) -> Result<(Settings, Role), String> {
    let line = info.command_line().map_err(|_| "command line: not UTF-8")?;
    let settings = Settings::parse(line, "envelope")?;
    let role = Role::parse(&settings.args)?;
    Ok((settings, role))
}

fn run(settings: &Settings, role: Role, clock: Clock) -> ! {
    match role {
        Role::Kms { keys } => {
            let random = entropy();
            let keys = match KeyRing::read(files::below(&keys)) {
                Ok(keys) => keys,
                Err(reason) => end(UNUSABLE, &["keys in ", &keys, ": ", &reason].concat()),
            };
            console!(
                "envelope: wrapping with key {} of {:?}",
                keys.current(),
                keys.versions()
            );
            serve(settings, &mut KeyService { keys, random }, clock)
        }
        Role::Store => serve(settings, &mut Shelf(Store::default()), clock),
        Role::Client(client) => {
            let random = entropy();
            match flow::run(
                &client,
                network(settings, clock),
                random,
                clock,
                settings.dns,
            ) {
                Ok(done) => end(0, &done),
                Err(reason) => end(FAILED, &reason),
            }
        }
    }
}

struct KeyService {
    keys: KeyRing,
    random: Entropy,
}

impl Site for KeyService {
    fn answer(&mut self, request: &Request, _: Instant) -> Answer {
        kms::answer(
            &self.keys,
            &mut |bytes| self.random.fill(bytes).is_ok(),
            request,
        )
    }
}

struct Shelf(Store);

impl Site for Shelf {
    fn answer(&mut self, request: &Request, _: Instant) -> Answer {
        self.0.answer(request)
    }
}

fn serve(settings: &Settings, site: &mut impl Site, clock: Clock) -> ! {
    let mut stack = network(settings, clock);
    server::serve(&mut stack, settings.port, site, clock, || ())
}

fn network(settings: &Settings, clock: Clock) -> Stack {
    Stack::start(settings, clock).unwrap_or_else(|| end(UNUSABLE, "no virtio-net device"))
}

fn entropy() -> Entropy {
    let entropy = Entropy::find().unwrap_or_else(|_| {
        end(NO_ENTROPY, "no entropy: neither virtio-rng nor RDRAND works. Give the runtime `entropy: VirtioRng`")
    });
    console!("envelope: entropy from {}", entropy.sources());
    entropy
}

fn end(code: u8, reason: &str) -> ! {
    console!("envelope: {reason}");
    exit(code)
}
