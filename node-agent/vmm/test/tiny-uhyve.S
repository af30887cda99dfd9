# The smallest guest of uhyve's that says something: an ELF file with the notes of a Hermit kernel, and hypercalls by port (crate
# uhyve-interface, v2): 0x1020 prints the byte in edi, 0x1010 ends with the status in edi.
.section .note.hermit, "a", @note
  .balign 4
  .long 7, 1, 0x5a00 # NT_HERMIT_ENTRY_VERSION
  .asciz "HERMIT"
  .balign 4
  .byte 4
  .balign 4

.text
.globl _start
_start:
  lea text(%rip), %rsi
print:
  movzbl (%rsi), %edi
  test %edi, %edi
  jz end
  mov $0x1020, %dx
  out %eax, %dx
  inc %rsi
  jmp print
end:
  mov $7, %edi
  mov $0x1010, %dx
  out %eax, %dx
  ud2

text:
  .asciz "hello from a unikernel\n"
