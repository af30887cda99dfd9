package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.skete.api.schema.ItemRule;
import dev.skete.api.schema.ListType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One guest family. */
@JsonClassDescription("How guests of the family are run.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value =
                "(self.nic.model == 'virtio-net-device') == (self.machine.type == 'microvm' && self.machine.?options.?pcie.orValue('off') != 'on')",
        message =
                "nic.model must fit machine.type: virtio-net-device for microvm, virtio-net-pci for q35, pc, and microvm with machine.options.pcie on",
        fieldPath = ".nic.model")
public record UnikernelRuntimeSpec(
        @JsonPropertyDescription("The virtual machine monitor that runs the guests; the node agent knows qemu.")
        @Required
        @ValidationRule(
                value = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                message =
                        "vmm must be the name of a virtual machine monitor in lowercase letters, digits and '-', such as qemu")
        @Size(max = 63) String vmm,

        @JsonPropertyDescription("The virtual machine that the family expects.") @Required
        Machine machine,

        @JsonPropertyDescription("Where, in the Unikernel's image, the files are that the machine boots.") @Required
        Boot boot,

        @JsonPropertyDescription("The network device that the family has a driver for.") @Required
        Nic nic,

        @JsonPropertyDescription(
                "The guest's command line, word by word. ${net.ip}, ${net.prefix}, ${net.mask}, ${net.gateway}, ${net.mac}, ${net.mtu}, ${net.dns}, ${net.search}, ${pod.name} and ${pod.namespace} are replaced wherever they stand; ${env}, ${args} and ${mounts}, each a word of its own, by one word per variable, argument and mount.")
        @ListType(ListType.Kind.ATOMIC)
        @ItemRule(
                value = Cel.ONE_ASCII_LINE,
                message = "a word of the command line must be one line of printable ASCII")
        @ItemRule(
                value = "self.matches('^([^$]|\\\\$[^{]|\\\\$\\\\{(" + Placeholder.PATTERN + ")\\\\})*\\\\$?$')",
                message =
                        "unknown placeholder; there are ${net.ip}, ${net.prefix}, ${net.mask}, ${net.gateway}, ${net.mac}, ${net.mtu}, ${net.dns}, ${net.search}, ${pod.name}, ${pod.namespace}, ${env}, ${args} and ${mounts}")
        @ItemRule(
                value =
                        "self in ['${env}', '${args}', '${mounts}'] || !(self.contains('${env}') || self.contains('${args}') || self.contains('${mounts}'))",
                message =
                        "${env}, ${args} and ${mounts} must each be a word of their own, because they become several words: split this word")
        @ValidationRule(
                value = "['${env}', '${args}', '${mounts}'].all(p, self.filter(w, w == p).size() <= 1)",
                message = "${env}, ${args} and ${mounts} may each occur once: remove the others")
        @Size(max = 64) @Nullable List<@Size(max = 1024) String> commandLine,

        @JsonPropertyDescription("What ${env} makes of each variable; ${name} and ${value} stand for its parts.")
        @Default(Defaults.ENV_FORMAT)
        @ValidationRule(
                value =
                        "self.matches('^[^$]*\\\\$\\\\{name\\\\}[^$]*\\\\$\\\\{value\\\\}[^$]*$') && self.matches('^[ -~]*$')",
                message =
                        "envFormat must have ${name} and then ${value}, each once, and otherwise printable ASCII without '$', such as env=${name}=${value}")
        @Size(max = 128) @Nullable String envFormat,

        @JsonPropertyDescription(
                "How the family splits its command line, which decides how words are quoted and which are refused. Posix: as a shell. Quotes: as a shell, but no empty words and none that begin with a space. Linux: as its kernel; no double quotes, and no second --. Osv: as OSv; no dollar signs in arguments. None: at every space; no spaces and no quotes.")
        @Default("Posix")
        @Nullable Quoting quoting,

        @JsonPropertyDescription(
                "What the VMM's exit code means: the code, and the exit code the guest's container gets for it. Codes that are not named are kept, but 0, which a crash may give, is a failure if another code means success.")
        @ValidationRule(
                value = "self.all(k, k.matches('^(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])$'))",
                message = "exitCodes has keys that are no exit codes: write numbers from 0 to 255, in quotes")
        @Size(max = 256) @Nullable Map<String, @Min(0) @Max(255) Integer> exitCodes,

        @JsonPropertyDescription(
                "How a guest is asked to end: by the ACPI power button, or not at all, in which case the VMM just ends.")
        @Default("None")
        @Nullable Shutdown shutdown,

        @JsonPropertyDescription(
                "How volumeMounts reach the guest: FwCfg offers each file as opt/skete, the mount's path and the file's name in QEMU's firmware configuration; Virtio9p offers a read-only share for each mount, tagged with the volume's name.")
        @Default("None")
        @Nullable FileChannel files,

        @JsonPropertyDescription(
                "What ${mounts} makes of each mount; ${tag} and ${path} stand for the volume's name and the mountPath.")
        @Default(Defaults.MOUNT_FORMAT)
        @ValidationRule(
                value =
                        "self.matches('^[^$]*\\\\$\\\\{tag\\\\}[^$]*\\\\$\\\\{path\\\\}[^$]*$') && self.matches('^[ -~]*$')",
                message =
                        "mountFormat must have ${tag} and then ${path}, each once, and otherwise printable ASCII without '$', such as ${tag}:${path}:9pfs")
        @Size(max = 128) @Nullable String mountFormat,

        @JsonPropertyDescription("What volumeDevices become for the guest.") @Default("None") @Nullable DiskModel disks,

        @JsonPropertyDescription("Where guests get randomness from, beside their CPU.") @Default("None") @Nullable Entropy entropy,

        @JsonPropertyDescription("What the guests say on the console that the virtual machine does not tell.") @Nullable Console console,

        @JsonPropertyDescription("What the VMM itself needs, beside the guest's memory and CPU time.")
        @Default("{}")
        @Nullable Overhead overhead) {}
