package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The virtual machine a family needs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Machine(
        @JsonPropertyDescription("QEMU's machine type: microvm is the smallest, q35 and pc are PCs.") @Required
        MachineType type,

        @JsonPropertyDescription(
                "QEMU's machine options: acpi, auto-kernel-cmdline, graphics, hpet, ioapic2, isa-serial, kernel-irqchip, pcie, pic, pit, rtc, sata, smbus, smm, usb, vmport or x-option-roms; each on, off, auto or split. graphics off sends what a guest prints by the BIOS to its log.")
        @ValidationRule(
                value = "self.all(k, k in " + Machine.OPTIONS + ")",
                message =
                        "machine.options has an unknown key; there are acpi, auto-kernel-cmdline, graphics, hpet, ioapic2, isa-serial,"
                                + " kernel-irqchip, pcie, pic, pit, rtc, sata, smbus, smm, usb, vmport and x-option-roms")
        @Size(max = 16) @Nullable Map<String, @Pattern("^(on|off|auto|split)$") String> options,

        @JsonPropertyDescription("QEMU's CPU model, for each way to execute.") @Nullable CpuModels cpu,

        @JsonPropertyDescription(
                "The I/O port by which a guest ends the machine with an exit code: when it writes N there, QEMU ends with 2N+1, which exitCodes explains. Hermit and elf guests use 244 (0xf4); Nanos and Solo5 use 1281 (0x501), QEMU's own default.")
        @Default("" + Defaults.EXIT_PORT)
        @Min(1) @Max(65532) @Nullable Integer exitPort) {

    /** The machine options that there are. */
    public static final Set<String> OPTION_NAMES = Cel.words(Machine.OPTIONS);

    static final String OPTIONS =
            "['acpi', 'auto-kernel-cmdline', 'graphics', 'hpet', 'ioapic2', 'isa-serial', 'kernel-irqchip', 'pcie',"
                    + " 'pic', 'pit', 'rtc', 'sata', 'smbus', 'smm', 'usb', 'vmport', 'x-option-roms']";

    /** QEMU CPU models, one for each way to execute. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CpuModels(
            @JsonPropertyDescription("CPU model with KVM, such as host. Without it: QEMU's default.")
            @ValidationRule(value = IS_MODEL, message = "kvm" + MODEL_MESSAGE)
            @Size(max = 256) @Nullable String kvm,

            @JsonPropertyDescription(
                    "CPU model in emulation, such as max or qemu64,+fsgsbase. Without it: QEMU's default.")
            @ValidationRule(value = IS_MODEL, message = "emulation" + MODEL_MESSAGE)
            @Size(max = 256) @Nullable String emulation) {

        static final String IS_MODEL =
                "self.matches('^[A-Za-z0-9][A-Za-z0-9._-]*(,[+-]?[A-Za-z0-9][A-Za-z0-9._-]*(=[A-Za-z0-9._-]+)?)*$')";
        static final String MODEL_MESSAGE =
                " must be a CPU model and its features, separated by commas: host, or qemu64,+fsgsbase,kvm=off";
    }
}
