# From multiboot's state (32-bit protected mode, paging off; Multiboot Specification 0.6.96, section 3.2) to long mode with
# the first 4 GiB mapped one to one, then to loader_main with the address of the boot information.
.section .multiboot, "a"
.align 4
.long 0x1BADB002, 3, -(0x1BADB002 + 3)      # flags: modules on page boundaries, memory information

.section .bss
.align 4096
pml4: .skip 4096
pdpt: .skip 4096
directories: .skip 4096 * 4
stack: .skip 65536
stack_top:

.section .rodata
.align 16
gdt: .quad 0, 0x00af9b000000ffff, 0x00cf93000000ffff # none, 64-bit code, data
gdt_pointer: .word 23
  .quad gdt

.section .text
.code32
.global start
start:
  cli
  mov esp, offset stack_top
  mov edi, ebx                              # the boot information; loader_main's first argument
  mov eax, offset pdpt
  or eax, 3                                 # present, writable
  mov [pml4], eax
  mov eax, offset directories
  or eax, 3
  mov edx, offset pdpt
  mov ecx, 4
1: mov [edx], eax
  add eax, 4096
  add edx, 8
  loop 1b
  mov edx, offset directories
  mov eax, 0x83                             # present, writable, 2 MiB
  mov ecx, 2048
2: mov [edx], eax
  add eax, 0x200000
  add edx, 8
  loop 2b
  mov eax, cr4
  or eax, 0x620                             # PAE, SSE with its exceptions
  mov cr4, eax
  mov eax, offset pml4
  mov cr3, eax
  mov ecx, 0xC0000080                       # EFER: long mode, no-execute, system calls
  rdmsr
  or eax, 0x901
  wrmsr
  mov eax, cr0
  or eax, 0x80010002                        # paging, write protection, FPU present
  and eax, 0xfffffffb                       # and not emulated
  mov cr0, eax
  lgdt [gdt_pointer]
  push 8
  mov eax, offset long_mode
  push eax
  retf

.code64
long_mode:
  mov ax, 16
  mov ds, ax
  mov es, ax
  mov ss, ax
  mov edi, edi                              # clears the upper half
  mov rsp, offset stack_top
  call loader_main
