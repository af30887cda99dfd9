# PVH entry: 32 bit, paging off, ebx = hvm_start_info. Turns on long mode and calls kmain(start_info).
.section .note.Xen, "a", @note
.balign 4
.long 4, 8, 18                      # name size, descriptor size, XEN_ELFNOTE_PHYS32_ENTRY
.asciz "Xen"
.quad pvh_start

.section .text.boot, "ax"
.code32
.global pvh_start
pvh_start:
    cld
    mov esp, offset stack_top
    mov dword ptr [pml4], offset pdpt + 3
    mov eax, offset pd + 3
    mov edi, offset pdpt
    mov ecx, 4
2:  mov [edi], eax                  # four page directories
    add eax, 4096
    add edi, 8
    loop 2b
    mov eax, 0x83                   # 2 MiB pages: identity map of 4 GiB
    mov edi, offset pd
    mov ecx, 2048
3:  mov [edi], eax
    add eax, 0x200000
    add edi, 8
    loop 3b
    mov dword ptr [pd], offset pt + 3
    mov eax, 3                      # 4 KiB pages in the first 2 MiB ...
    mov edi, offset pt
    mov ecx, 512
4:  mov [edi], eax
    add eax, 4096
    add edi, 8
    loop 4b
    mov eax, offset stack_guard     # ... so that the one below the stack faults. Page 0 stays: SeaBIOS's
                                    # option ROM leaves the start info there
    shr eax, 9
    mov dword ptr [eax + pt], 0
    mov eax, cr4
    or eax, 0x620                   # PAE | OSFXSR | OSXMMEXCPT
    mov cr4, eax
    mov eax, offset pml4
    mov cr3, eax
    mov ecx, 0xc0000080
    rdmsr
    or eax, 0x100                   # EFER.LME
    wrmsr
    mov eax, cr0
    and eax, 0x9ffffffb             # clear EM, CD, NW
    or eax, 0x80010022              # PG | WP | NE | MP
    mov cr0, eax
    lgdt [gdtr]
    push 8
    mov eax, offset long_start      # `push offset` would be assembled as a 16-bit push
    push eax
    retf
.code64
long_start:
    mov eax, 16
    mov ds, eax
    mov es, eax
    mov ss, eax
    mov dword ptr [tss + 36], offset fault_stack_top    # IST1: faults keep a stack when the stack is the fault
    mov eax, offset tss
    mov word ptr [gdt + 24 + 2], ax
    shr eax, 16
    mov byte ptr [gdt + 24 + 4], al
    mov byte ptr [gdt + 24 + 7], ah
    mov eax, 24
    ltr ax
    mov rsp, offset stack_top
    fninit
    mov edi, ebx
    call kmain
    ud2

# One 16-byte stub per exception: (vector, error code, frame) on the stack, then Rust.
.balign 16
.global exception_stubs
exception_stubs:
.set i, 0
.rept 32
    .balign 16
    .if i != 8 && (i < 10 || i > 14) && i != 17 && i != 21 && i != 29 && i != 30
    push 0
    .endif
    push i
    jmp exception_common
    .set i, i + 1
.endr
exception_common:
    mov rdi, rsp
    and rsp, -16
    call exception
    ud2

# Every interrupt: acknowledge the APIC and return with interrupts off, because a level-triggered line that
# the main loop has not acknowledged at its device would fire again at once and never let it run.
.balign 16
.global interrupt_stub
interrupt_stub:
    push rax
    and dword ptr [rsp + 24], 0xfffffdff
    mov eax, 0xfee000b0
    mov dword ptr [rax], 0
    pop rax
    iretq
.balign 16
.global spurious_stub
spurious_stub:
    iretq

.section .data.boot, "aw"
.balign 8
gdt: .quad 0, 0x00af9b000000ffff, 0x00cf93000000ffff
    .quad 0x0000890000000067, 0     # the TSS, its base filled in above
gdtr: .word 39
    .long gdt
    .long 0

.section .bss.boot, "aw", @nobits
.balign 4096
pml4: .skip 4096
pdpt: .skip 4096
pd: .skip 16384
pt: .skip 4096
.global stack_guard
stack_guard: .skip 4096
.skip 262144
stack_top:
.skip 8192
fault_stack_top:
tss: .skip 104
