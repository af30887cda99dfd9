//! Time since boot, and sleeping. The APIC timer counts nanoseconds in QEMU and KVM; the TSC is measured by it.
use super::interrupts::{Apic, TIMER_VECTOR};
use core::arch::{asm, x86_64::_rdtsc};
use smoltcp::time::{Duration, Instant};

const SAMPLES: u32 = 5;
const SAMPLE_NANOS: u32 = 1_000_000;
/// The timer is 32 bits wide.
const LONGEST: Duration = Duration::from_secs(4);

#[derive(Clone, Copy)]
pub struct Clock {
    start: u64,
    cycles_per_milli: u64,
}

impl Clock {
    /// Takes the least of several samples: a busy host only ever makes one too large.
    pub fn calibrate() -> Self {
        let start = ticks();
        let cycles_per_milli = (0..SAMPLES).map(|_| sample()).min().unwrap_or(1).max(1);
        Clock {
            start,
            cycles_per_milli,
        }
    }

    /// A number that differs from boot to boot; good enough to start TCP sequence numbers, not for secrets.
    pub fn entropy() -> u64 {
        ticks()
    }

    pub fn now(&self) -> Instant {
        let cycles = u128::from(ticks() - self.start);
        Instant::from_micros((cycles * 1000 / u128::from(self.cycles_per_milli)) as i64)
    }
}

/// Halts the CPU until an interrupt, for `longest` at most.
pub fn idle(longest: Duration) {
    Apic::TimerLine.write(TIMER_VECTOR);
    let nanos = longest.min(LONGEST).total_micros() as u32 * 1000;
    Apic::TimerStart.write(nanos.max(1000));
    // SAFETY: the only place with interrupts on. `sti` takes effect after `hlt` begins, so none is lost; the
    // stubs leave registers alone. The prebuilt code's red zone is safe: asm without `nostack` does not live in it.
    unsafe { asm!("sti", "hlt", "cli") }
}

fn ticks() -> u64 {
    // SAFETY: every x86-64 CPU has it.
    unsafe { _rdtsc() }
}

fn sample() -> u64 {
    Apic::TimerStart.write(u32::MAX);
    let start = ticks();
    while Apic::TimerLeft.read() > u32::MAX - SAMPLE_NANOS {}
    let cycles = ticks() - start;
    Apic::TimerStart.write(0);
    cycles
}
