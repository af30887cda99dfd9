//! A unikernel that greets over HTTP. This file is the order of things; `machine` and `net` do them.
#![no_std]
#![no_main]
extern crate alloc;

mod machine;
mod net;
mod server;
mod terminal;

use alloc::{string::String, vec::Vec};
use core::hint::black_box;
use hello::{application::Application, routes::Site, settings::Settings};
use machine::{
    clock::{self, Clock},
    exit::exit,
    heap, interrupts,
    pvh::StartInfo,
};
use net::Stack;
use server::Server;
use smoltcp::time::Duration;
use terminal::Terminal;

/// Exit code of a command line that makes no sense, or a machine without a network.
const UNUSABLE: u8 = 2;
const PAGE: usize = 4096;
const MEBIBYTE: usize = 1 << 20;

/// boot.s calls it, in long mode, with interrupts off.
#[unsafe(no_mangle)]
extern "C" fn kmain(info: &'static StartInfo) -> ! {
    let (start, size) = info.free_memory();
    console!("hello: boot, {} KiB of heap", size / 1024);
    // SAFETY: once, with memory that the boot protocol says is free.
    unsafe { heap::init(start, size) }
    interrupts::init();
    let clock = Clock::calibrate();
    match site(info) {
        Ok(site) => run(site, clock),
        Err(reason) => give_up(&reason),
    }
}

fn site(info: &'static StartInfo) -> Result<Site, String> {
    let line = info.command_line().map_err(|_| "command line: not UTF-8")?;
    let settings = Settings::parse(line)?;
    let application = Application::parse(&settings.args)?;
    Ok(Site {
        settings,
        application,
        address: None,
    })
}

fn run(site: Site, clock: Clock) -> ! {
    if let Some(code) = site.application.exit {
        console!("{}hello: exit {code}", site.page(clock.now()));
        exit(code);
    }
    if site.application.panic {
        panic!("asked to, by --panic");
    }
    let _kept = allocate(site.application.allocate);
    match Stack::start(&site.settings, clock) {
        Some(stack) => serve(site, stack, clock),
        None => give_up("no virtio-net device"),
    }
}

fn serve(mut site: Site, mut stack: Stack, clock: Clock) -> ! {
    let mut server = Server::start(&mut stack, site.settings.port);
    let mut terminal = Terminal::start();
    console!("hello: listening on port {}", site.settings.port);
    loop {
        stack.poll(clock.now());
        site.address = stack.address;
        terminal.run();
        if server.run(&mut stack, &site, clock.now()) {
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

/// Touches every page, so that the host has to find the memory.
fn allocate(mebibytes: usize) -> Vec<u8> {
    let mut block = Vec::with_capacity(mebibytes * MEBIBYTE);
    for page in block.spare_capacity_mut().chunks_mut(PAGE) {
        black_box(page[0].write(1));
    }
    block
}

fn give_up(reason: &str) -> ! {
    console!("hello: {reason}");
    exit(UNUSABLE)
}
