//! Memory for the device tree: what is handed out is never given back.

use core::alloc::{GlobalAlloc, Layout};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicUsize, Ordering};

const SIZE: usize = 256 * 1024;

#[repr(align(16))]
struct Heap(core::cell::UnsafeCell<[u8; SIZE]>, AtomicUsize);

// SAFETY: each byte is handed out once, by an atomic counter.
unsafe impl Sync for Heap {}

// SAFETY: what is returned is inside the heap, aligned as asked, and belongs to nobody else.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let base = self.0.get() as usize;
        let begin = (base + self.1.load(Ordering::Relaxed)).next_multiple_of(layout.align());
        let end = begin - base + layout.size();
        if end > SIZE {
            return null_mut();
        }
        self.1.store(end, Ordering::Relaxed);
        begin as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static HEAP: Heap = Heap(core::cell::UnsafeCell::new([0; SIZE]), AtomicUsize::new(0));
