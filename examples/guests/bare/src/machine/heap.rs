//! The global allocator. One CPU, and interrupt stubs do not allocate: no lock needed.
use core::{
    alloc::{GlobalAlloc, Layout},
    cell::UnsafeCell,
    hint::black_box,
    ptr::{self, NonNull},
};

struct Heap(UnsafeCell<linked_list_allocator::Heap>);

#[global_allocator]
static HEAP: Heap = Heap(UnsafeCell::new(linked_list_allocator::Heap::empty()));

// SAFETY: there is one CPU and no code that interrupts the main loop uses the heap.
unsafe impl Sync for Heap {}

// SAFETY: forwards to an allocator that keeps the contract; exclusive access as said above.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: nobody else holds a reference (see Sync).
        let heap = unsafe { &mut *self.0.get() };
        heap.allocate_first_fit(layout)
            .map_or(ptr::null_mut(), NonNull::as_ptr)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if cfg!(feature = "wipe") {
            // SAFETY: the block is still the caller's to give.
            unsafe { ptr::write_bytes(block, 0, layout.size()) }
            // Somebody may look at it, as far as the compiler knows: the zeros are not left out.
            black_box(block);
        }
        // SAFETY: as in alloc; the caller gives back a block, never null, that alloc returned.
        unsafe { (*self.0.get()).deallocate(NonNull::new_unchecked(block), layout) }
    }
}

/// Gives `size` bytes from `start` to the allocator.
///
/// # Safety
/// Once only, and nothing else may use that memory.
pub unsafe fn init(start: usize, size: usize) {
    // SAFETY: the caller's promise.
    unsafe { (*HEAP.0.get()).init(start as *mut u8, size) }
}
