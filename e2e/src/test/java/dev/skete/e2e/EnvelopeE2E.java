package dev.skete.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.PortForward;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.fixture.VmmProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example's key service, store and client, and what each refuses. */
@OnCluster
class EnvelopeE2E {
    private static final String EXAMPLE = "examples/envelope-encryption/";
    private static final Pattern WRAPPED = Pattern.compile("\"wrapped\":\"([^\"]+)\"");
    private static final byte[] FIRST = key(1);
    private static final byte[] SECOND = key(101);
    private static final byte[] DATA_KEY = key(201);

    @Test
    void aDocumentSealedBeforeTheRotationOpensAfterIt(Sandbox sandbox) throws IOException {
        secret(sandbox, "kms-keys-1", "v1", "v1=" + base64(FIRST));
        sandbox.applyFile(EXAMPLE + "kms.yaml");
        sandbox.applyFile(EXAMPLE + "store.yaml");
        sandbox.awaitReady("kms", 1);
        sandbox.awaitReady("store", 1);
        sandbox.applyFile(EXAMPLE + "client.yaml");
        assertThat(completed(sandbox, "client"))
                .contains("data key wrapped as skete1.v1", "opened note: it is what was sealed");
        String old = wrap(sandbox, "a");
        assertThat(old).startsWith("skete1.v1.");

        secret(sandbox, "kms-keys-2", "v2", "v1=" + base64(FIRST), "v2=" + base64(SECOND));
        sandbox.kubectl(
                        "patch",
                        "unikernel",
                        "kms",
                        "--type=merge",
                        "--patch={\"spec\":{\"volumes\":[{\"name\":\"kek\",\"secret\":{\"secretName\":\"kms-keys-2\"}}]}}")
                .run();
        sandbox.await(
                "the new keys' guest alone",
                () -> sandbox.onlyGuest("kms").getSpec().getVolumes(),
                volumes -> volumes.stream()
                        .anyMatch(v -> v.getSecret() != null
                                && v.getSecret().getSecretName().equals("kms-keys-2")));
        sandbox.awaitReady("kms", 1);

        assertThat(wrap(sandbox, "a")).startsWith("skete1.v2.");
        try (var kms = keyService(sandbox)) {
            assertThat(kms.get("/keys").body()).contains("\"current\":\"v2\"", "[\"v1\",\"v2\"]");
            assertThat(unwrap(kms, old, "a").body()).contains(base64(DATA_KEY));
        }
        sandbox.apply(client(sandbox, "reader").replace("    - client\n", "    - client\n    - --only\n    - open\n"));
        assertThat(completed(sandbox, "reader")).contains("opened note");
    }

    @Test
    void whatTheGuestWrapsJavaUnwrapsAndTheOtherWayRound(Sandbox sandbox) throws Exception {
        start(sandbox);
        var cipher = new XChaCha(FIRST);
        byte[] associated = "skete1.v1\0shop".getBytes(UTF_8);
        try (var kms = keyService(sandbox)) {
            String wrapped = wrap(kms, "shop");
            byte[] sealed = Base64.getUrlDecoder().decode(wrapped.substring("skete1.v1.".length()));
            assertThat(cipher.open(associated, sealed)).isEqualTo(DATA_KEY);
            assertThat(wrap(kms, "shop")).as("a nonce is used once").isNotEqualTo(wrapped);

            byte[] ours = cipher.seal(new byte[24], associated, DATA_KEY);
            String text = "skete1.v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(ours);
            assertThat(unwrap(kms, text, "shop").body()).contains(base64(DATA_KEY));
        }
    }

    @Test
    void whatIsTamperedWithUnknownOrMalformedIsRefusedAndLeaksNothing(Sandbox sandbox) {
        start(sandbox);
        try (var kms = keyService(sandbox)) {
            String wrapped = wrap(kms, "shop");
            int middle = wrapped.length() / 2;
            char other = wrapped.charAt(middle) == 'A' ? 'B' : 'A';
            String tampered = wrapped.substring(0, middle) + other + wrapped.substring(middle + 1);

            refused(unwrap(kms, tampered, "shop"), 422, "not-authentic");
            refused(unwrap(kms, wrapped, "bank"), 422, "not-authentic");
            refused(unwrap(kms, wrapped.replace(".v1.", ".v7."), "shop"), 404, "unknown-key-version");
            refused(unwrap(kms, "nonsense", "shop"), 400, "malformed-wrapped-key");
            refused(kms.post("/wrap", "{\"key\": \"AAAA\", \"context\": \"shop\"}"), 400, "malformed-key");
            refused(kms.post("/unwrap", "{"), 400, "malformed");
            refused(kms.post("/wrap", " ".repeat(5000)), 413, "too-large");
            assertThat(kms.post("/wrap", " ".repeat(20_000)).statusCode()).isEqualTo(413);
            refused(kms.get("/kek/v1"), 404, "not-found");
            assertThat(unwrap(kms, wrapped, "shop").statusCode()).isEqualTo(200);
        }
        var guest = sandbox.onlyGuest("kms");
        assertThat(sandbox.log(guest)).doesNotContain(base64(FIRST), base64(DATA_KEY));
        sandbox.installation()
                .cluster()
                .faults()
                .ifPresent(faults -> assertThat(new VmmProcess(faults, guest).commandLine())
                        .contains("opt/skete/kek/v1")
                        .doesNotContain(base64(FIRST)));
    }

    @Test
    void withoutEntropyTheGuestRefusesToRun(Sandbox sandbox) throws IOException {
        try (var variant = RuntimeVariant.of(sandbox, "elf", """
                entropy: None
                machine:
                  type: microvm
                  options: {acpi: "off", x-option-roms: "off", pit: "off", pic: "off"}
                  cpu: {kvm: qemu64, emulation: qemu64}
                """)) {
            sandbox.apply(variant.used(client(sandbox, "poor")) + "  job: {backoffLimit: 0}\n");

            sandbox.awaitCondition(
                    "poor",
                    ConditionType.Failed,
                    condition -> condition.getStatus().equals("True"));

            assertThat(sandbox.unikernel("poor").getStatus().guests())
                    .singleElement()
                    .satisfies(guest -> assertThat(guest.exitCode()).isEqualTo(3));
            assertThat(sandbox.log(sandbox.onlyGuest("poor"))).contains("no entropy: neither virtio-rng nor RDRAND");
        }
    }

    @Test
    void aMissingSecretIsNamed(Sandbox sandbox) {
        sandbox.applyFile(EXAMPLE + "kms.yaml");

        var ready = sandbox.awaitCondition(
                "kms", ConditionType.Ready, condition -> condition.getReason().equals("VolumeUnavailable"));

        assertThat(ready.getMessage()).contains("secret \"kms-keys-1\" not found");
    }

    private static void start(Sandbox sandbox) {
        secret(sandbox, "kms-keys-1", "v1", "v1=" + base64(FIRST));
        sandbox.applyFile(EXAMPLE + "kms.yaml");
        sandbox.awaitReady("kms", 1);
    }

    private static void secret(Sandbox sandbox, String name, String current, String... keys) {
        var words = Stream.concat(
                Stream.of("create", "secret", "generic", name, "--from-literal=current=" + current),
                Stream.of(keys).map("--from-literal="::concat));
        sandbox.kubectl(words.toArray(String[]::new)).run();
    }

    private static String client(Sandbox sandbox, String name) throws IOException {
        return Files.readString(sandbox.installation().checkout().resolve(EXAMPLE + "client.yaml"))
                .replace("  name: client\n", "  name: " + name + "\n");
    }

    /** The console of a guest that has done what it was to do. */
    private static String completed(Sandbox sandbox, String name) {
        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/" + name, "--timeout=60s")
                .run();
        return sandbox.log(sandbox.onlyGuest(name));
    }

    private static PortForward keyService(Sandbox sandbox) {
        return PortForward.to(sandbox, sandbox.onlyGuest("kms"), 8080);
    }

    private static String wrap(Sandbox sandbox, String context) {
        try (var kms = keyService(sandbox)) {
            return wrap(kms, context);
        }
    }

    private static String wrap(PortForward kms, String context) {
        var response = kms.post("/wrap", "{\"key\": \"%s\", \"context\": \"%s\"}".formatted(base64(DATA_KEY), context));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        var wrapped = WRAPPED.matcher(response.body());
        assertThat(wrapped.find()).isTrue();
        return wrapped.group(1);
    }

    private static HttpResponse<String> unwrap(PortForward kms, String wrapped, String context) {
        return kms.post("/unwrap", "{\"wrapped\": \"%s\", \"context\": \"%s\"}".formatted(wrapped, context));
    }

    private static void refused(HttpResponse<String> response, int status, String error) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains("\"" + error + "\"").doesNotContain(base64(FIRST), base64(DATA_KEY));
    }

    private static byte[] key(int from) {
        byte[] bytes = new byte[32];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (from + i));
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
