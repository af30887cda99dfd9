//! Files that the VMM was given for the guest, by QEMU's fw_cfg device: a Secret's keys come this way, not by the command line.
use super::port::{read8, write16};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

const SELECT: u16 = 0x510;
const DATA: u16 = 0x511;
/// Selectors: four letters that tell whether the device is there, and the directory.
const SIGNATURE: u16 = 0;
const DIRECTORY: u16 = 0x19;
/// Where Skete puts mounted files: the directory `opt/skete` and the mount's path.
const ROOT: &str = "opt/skete";
/// More than any ConfigMap or Secret may hold.
const LARGEST: u32 = 2 << 20;
/// fw_cfg has 16-bit selectors; a directory beyond this is no directory.
const MOST: u32 = 4096;

/// Names and contents of the files mounted in a directory, such as `/etc/keys`; empty where there is none. Larger than 2 MiB: left out.
pub fn below(directory: &str) -> Vec<(String, Vec<u8>)> {
    if read::<4>(SIGNATURE) != *b"QEMU" {
        return Vec::new();
    }
    let prefix = [ROOT, directory, "/"].concat();
    let mut found: Vec<(String, u16, u32)> = Vec::new();
    let count = u32::from_be_bytes(read::<4>(DIRECTORY)).min(MOST);
    for _ in 0..count {
        let entry: [u8; 64] = more();
        let (size, selector) = (
            u32::from_be_bytes([entry[0], entry[1], entry[2], entry[3]]),
            u16::from_be_bytes([entry[4], entry[5]]),
        );
        let name = entry[8..].split(|&b| b == 0).next().unwrap_or(&[]);
        let name = core::str::from_utf8(name)
            .ok()
            .and_then(|n| n.strip_prefix(&*prefix));
        if let Some(name) = name
            && size <= LARGEST
        {
            found.push((name.to_string(), selector, size));
        }
    }
    let content = |(name, selector, size)| {
        select(selector);
        (name, (0..size).map(|_| byte()).collect())
    };
    found.into_iter().map(content).collect()
}

fn read<const SIZE: usize>(selector: u16) -> [u8; SIZE] {
    select(selector);
    more()
}

fn more<const SIZE: usize>() -> [u8; SIZE] {
    core::array::from_fn(|_| byte())
}

fn select(selector: u16) {
    // SAFETY: chooses what the data port reads, nothing more; without the device nothing happens.
    unsafe { write16(SELECT, selector) }
}

fn byte() -> u8 {
    // SAFETY: the next byte of what was selected; without the device 0xff.
    unsafe { read8(DATA) }
}
