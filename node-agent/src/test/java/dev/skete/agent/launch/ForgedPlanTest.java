package dev.skete.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anyone who can write a pod can write a plan. */
class ForgedPlanTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = """
            {"version": 1, "vmm": "qemu", "accelerator": "Emulation", "machine": {"type": "q35", "options": {}, "exitPort": 244},
             "memoryMiB": 64, "cpus": 1, "boot": {"kernel": "/guest"}, "nic": {"model": "virtio-net-pci", "options": {}},
             "commandLine": [], "envFormat": "", "quoting": "Posix", "env": [], "exitCodes": {}, "shutdown": "None", "ports": [8080],
             "stdin": "Closed", "storage": {"files": "None", "mounts": [], "mountFormat": "", "disks": []}, "entropy": "None",
             "console": {"failures": []}, "stopSeconds": 0}""";

    @Test
    void thePlanThatIsForgedFromIsAGoodOne() throws RefusedException {
        assertThat(PlanReader.read(GOOD).ports()).containsExactly(8080);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /memoryMiB              | 0                                   | memoryMiB must be
            /memoryMiB              | 2147483647                          | memoryMiB must be
            /memoryMiB              | 99999999999                         | memoryMiB
            /memoryMiB              | "64"                                | memoryMiB
            /memoryMiB              | 64.5                                | memoryMiB
            /cpus                   | -1                                  | cpus must be
            /cpus                   | 256                                 | cpus must be
            /boot/kernel            | "/../../etc/shadow"                 | boot.kernel must be
            /boot/kernel            | "/guest/.."                         | boot.kernel must be
            /boot/kernel            | "relative"                          | boot.kernel must be
            /boot/kernel            | "/a,b"                              | boot.kernel must be
            /boot/kernel            | null                                | exactly one of kernel and disk
            /machine/options        | {"dumpdtb": "/skete-scratch/x"}     | machine.options has a key
            /machine/options        | {"mem-merge": "on"}                 | machine.options has a key
            /machine/options        | {"acpi": "off,dumpdtb=/x"}          | machine.options.acpi must be
            /machine/options        | {"acpi": null}                      | machine.options
            /machine/cpu            | "host,model-id=a b"                 | machine.cpu must be
            /machine/cpu            | "-device"                           | machine.cpu must be
            /machine/exitPort       | 65535                               | machine.exitPort must be
            /machine/type           | "none"                              | machine.type
            /nic/model              | "e1000"                             | nic.model
            /nic/options            | {"romfile": "/etc/passwd"}          | nic.options has a key
            /nic/options            | {"mac": "02:00:00:00:00:01"}        | nic.options has a key
            /nic/options            | {"packed": "on,mac=1"}              | nic.options.packed must be
            /ports                  | [0]                                 | ports must be
            /ports                  | [65536]                             | ports must be
            /ports                  | [null]                              | ports
            /exitCodes              | {"1": 256}                          | exitCodes
            /exitCodes              | {"1": null}                         | exitCodes
            /exitCodes              | {"": 1}                             | exitCodes
            /stopSeconds            | -1                                  | stopSeconds must be
            /stopSeconds            | 86401                               | stopSeconds must be
            /commandLine            | ["a", null]                         | commandLine.1
            /env                    | [null]                              | env.0
            /console/exitStatus     | "a\\u0000b"                         | console.exitStatus must be
            /console/failures       | [{"text": "lost", "reason": "BootFailed", "exitCode": 0}]   | exitCode must be
            /console/failures       | [{"text": "a\\nb", "reason": "BootFailed", "exitCode": 1}]  | text must be
            /console/failures       | [{"text": "lost", "reason": "BootFailed", "exitCode": ""}]  | console.failures
            /console/failures       | [{"text": "lost", "reason": "BootFailed"}]                  | console.failures.0.exitCode
            /storage/mounts         | [{"name": "a"}]                     | storage.mounts.0.path
            /storage/mounts         | [null]                              | storage.mounts.0
            """)
    void aForgedValueIsRefusedByItsFieldsName(String pointer, String value, String says) throws Exception {
        assertRefused(JSON.writeValueAsString(forged(pointer, JSON.readTree(value))), says);
    }

    @Test
    void portsBecomeSocketsSoThereIsAnEndToThem() throws Exception {
        var ports = IntStream.range(1, 9_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        assertRefused(JSON.writeValueAsString(forged("/ports", JSON.readTree(ports))), "ports must be at most 64");
    }

    @Test
    void aPlanOfNineThousandWordsIsRead() throws Exception {
        assertThat(PlanReader.read(JSON.writeValueAsString(forged("/commandLine", words(9_000))))
                        .commandLine())
                .hasSize(9_000);
    }

    @Test
    void aPlanOfMoreWordsThanAreReadIsRefused() throws Exception {
        assertRefused(JSON.writeValueAsString(forged("/commandLine", words(32_000))), "too many parts");
    }

    private static JsonNode words(int count) throws Exception {
        return JSON.readTree(
                IntStream.range(0, count).mapToObj(_ -> "\"a\"").collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void aPlanLongerThanAVariableCanBeIsRefusedUnread() {
        assertRefused(GOOD + " ".repeat(128 * 1024), "longer than 128 KiB");
    }

    @Test
    void aPlanWithoutBottomIsRefused() {
        assertRefused("{\"version\": 1, \"vmm\": " + "[".repeat(100_000), "too deep");
    }

    private static JsonNode forged(String pointer, JsonNode value) throws Exception {
        var plan = JSON.readTree(GOOD);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) plan.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), value);
        return plan;
    }

    private static void assertRefused(String plan, String says) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> PlanReader.read(plan))
                .withMessageContaining(says)
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.BadPlan));
    }
}
