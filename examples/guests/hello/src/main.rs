//! A unikernel that greets over HTTP. This file is the order of things; `machine` and `net` do them.
#![no_std]
#![no_main]
extern crate alloc;

mod terminal;

use alloc::{string::String, vec::Vec};
use bare::{
    console,
    machine::{self, clock::Clock, exit::exit, pvh::StartInfo},
    net::Stack,
    server,
    settings::Settings,
};
use core::hint::black_box;
use hello::{application::Application, routes::Greeter};
use terminal::Terminal;

/// Exit code of a command line that makes no sense, or a machine without a network.
const UNUSABLE: u8 = 2;
const PAGE: usize = 4096;
const MEBIBYTE: usize = 1 << 20;

/// The library's boot.s calls it, in long mode, with interrupts off.
#[unsafe(no_mangle)]
extern "C" fn kmain(info: &'static StartInfo) -> ! {
    // SAFETY: called once, with what boot.s passes on.
    let clock = unsafe { machine::start("hello", info) };
    match greeter(info) {
        Ok(greeter) => run(greeter, clock),
        Err(reason) => give_up(&reason),
    }
}

fn greeter(info: &'static StartInfo) -> Result<Greeter, String> {
    let line = info.command_line().map_err(|_| "command line: not UTF-8")?;
    let settings = Settings::parse(line, "hello")?;
    let application = Application::parse(&settings.args)?;
    Ok(Greeter {
        settings,
        application,
        address: None,
    })
}

fn run(greeter: Greeter, clock: Clock) -> ! {
    if let Some(code) = greeter.application.exit {
        console!("{}hello: exit {code}", greeter.page(clock.now()));
        exit(code);
    }
    if greeter.application.panic {
        panic!("asked to, by --panic");
    }
    let _kept = allocate(greeter.application.allocate);
    match Stack::start(&greeter.settings, clock) {
        Some(stack) => serve(greeter, stack, clock),
        None => give_up("no virtio-net device"),
    }
}

fn serve(mut greeter: Greeter, mut stack: Stack, clock: Clock) -> ! {
    let mut terminal = Terminal::start();
    let port = greeter.settings.port;
    server::serve(&mut stack, port, &mut greeter, clock, || terminal.run())
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
