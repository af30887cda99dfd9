//! What the guest does, without the machine: command line, requests, answers. Tested on the host.
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod application;
pub mod routes;
