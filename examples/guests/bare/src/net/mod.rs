//! The network: finding the virtio device, driving it, and TCP/IP over it.
pub mod device;
mod nic;
mod stack;

pub use stack::Stack;
