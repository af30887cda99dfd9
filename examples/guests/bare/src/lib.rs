//! What a guest without an operating system needs, besides its application: `examples/guests/hello` shows the use.
//! Without the feature `machine` only the parts that run anywhere.
#![no_std]
extern crate alloc;

pub mod answer;
pub mod connection;
pub mod pool;
pub mod reply;
pub mod request;
pub mod settings;
pub mod url;
#[cfg(test)]
mod wire;
pub mod words;

#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "machine")]
pub mod machine;
#[cfg(feature = "machine")]
pub mod net;
#[cfg(feature = "machine")]
pub mod server;
