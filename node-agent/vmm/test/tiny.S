# The smallest guest: a PVH kernel that prints one line on the serial port and ends by a triple fault, which
# QEMU's -no-reboot turns into a clean exit. Runs on pc, q35 and microvm.
  .code32
  .section .note.Xen,"a",@note
  .long 4, 4, 18              # XEN_ELFNOTE_PHYS32_ENTRY: where a PVH loader jumps, in 32-bit mode
  .asciz "Xen"
  .long _start
  .text
  .globl _start
_start:
  movw $0x3f8, %dx
  movl $message, %esi
1: lodsb
  testb %al, %al
  jz 2f
  outb %al, %dx
  jmp 1b
2: lidt no_handlers           # an exception without handlers is a triple fault
  int3
no_handlers: .word 0
  .long 0
message: .asciz "hello from a unikernel\n"
