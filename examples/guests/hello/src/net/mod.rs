//! The network: finding the virtio device, driving it, and TCP/IP over it.
mod device;
mod nic;
mod stack;

pub use stack::Stack;
