//! Envelope encryption without the machine: keys, sealing, requests and answers. Tested on the host.
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod envelope;
pub mod keys;
pub mod kms;
pub mod options;
pub mod seal;
pub mod store;

/// Fills bytes with random ones fit for keys; false if there are none now.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]) -> bool;
