//! Random numbers fit for keys, or none at all: what virtio-rng and RDRAND give, mixed. Time, addresses and the like are no source.
use crate::net::device::{self, Identity};
use alloc::vec;
use core::arch::{
    asm,
    x86_64::{__cpuid, _rdrand64_step},
};
use virtio_drivers::{
    device::rng::VirtIORng,
    transport::{DeviceType, SomeTransport},
};

/// CPUID leaf 1, ECX.
const RDRAND: u32 = 1 << 30;
/// Intel: ten failures in a row mean that the unit is broken.
const TRIES: usize = 10;

pub struct Entropy {
    device: Option<VirtIORng<Identity, SomeTransport<'static>>>,
    rdrand: bool,
}

#[derive(Debug)]
pub struct NoEntropy;

impl Entropy {
    /// Refuses where there is no source, and where what there is repeats itself (as RDRAND does on some CPUs after a suspend).
    pub fn find() -> Result<Self, NoEntropy> {
        let device = device::find(DeviceType::EntropySource).and_then(|t| VirtIORng::new(t).ok());
        // SAFETY: every x86-64 CPU has CPUID.
        let rdrand = __cpuid(1).ecx & RDRAND != 0;
        let mut entropy = Entropy { device, rdrand };
        if entropy.device.is_none() && !rdrand {
            return Err(NoEntropy);
        }
        let (first, second) = (entropy.sample()?, entropy.sample()?);
        if first == second {
            return Err(NoEntropy);
        }
        Ok(entropy)
    }

    /// For a line on the console.
    pub fn sources(&self) -> &'static str {
        match (self.device.is_some(), self.rdrand) {
            (true, true) => "virtio-rng and RDRAND",
            (true, false) => "virtio-rng",
            _ => "RDRAND",
        }
    }

    /// Fills `bytes`. All sources must give all of them: each byte is the XOR of every source's, so as good as the best of them.
    pub fn fill(&mut self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        bytes.fill(0);
        if let Some(device) = &mut self.device {
            let mut block = vec![0; bytes.len()];
            let mut filled = 0;
            while filled < block.len() {
                match device.request_entropy(&mut block[filled..]) {
                    Ok(0) | Err(_) => return Err(NoEntropy),
                    Ok(count) => filled += count,
                }
            }
            // Its interrupt line would stay up, and no `hlt` would ever last.
            device.ack_interrupt();
            bytes
                .iter_mut()
                .zip(&block)
                .for_each(|(byte, more)| *byte ^= more);
            wipe(&mut block);
        }
        if self.rdrand {
            for chunk in bytes.chunks_mut(8) {
                let word = rdrand().ok_or(NoEntropy)?.to_le_bytes();
                chunk
                    .iter_mut()
                    .zip(word)
                    .for_each(|(byte, more)| *byte ^= more);
            }
        }
        Ok(())
    }

    fn sample(&mut self) -> Result<[u8; 16], NoEntropy> {
        let mut bytes = [0; 16];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }
}

fn rdrand() -> Option<u64> {
    let mut word = 0;
    // SAFETY: called only where CPUID has it.
    (0..TRIES).find_map(|_| (unsafe { step(&mut word) } == 1).then_some(word))
}

#[target_feature(enable = "rdrand")]
unsafe fn step(word: &mut u64) -> i32 {
    _rdrand64_step(word)
}

/// Overwrites what nobody is to find later; the compiler does not leave it out.
pub fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    // SAFETY: does nothing, but the compiler must believe that it reads the bytes.
    unsafe { asm!("/* {} */", in(reg) bytes.as_ptr(), options(nostack, preserves_flags)) }
}
