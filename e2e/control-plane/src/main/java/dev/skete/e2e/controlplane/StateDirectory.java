package dev.skete.e2e.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** Everything a control plane keeps on disk: etcd's data, certificates, the admin's token, logs. */
record StateDirectory(Path path, String adminToken) implements AutoCloseable {
    static StateDirectory create() {
        try {
            var directory = new StateDirectory(
                    Files.createTempDirectory("skete-control-plane-"),
                    UUID.randomUUID().toString());
            Files.writeString(
                    directory.tokens(), "%s,admin,admin,\"system:masters\"%n".formatted(directory.adminToken));
            Files.writeString(directory.serviceAccountKey(), newKey());
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path tokens() {
        return path.resolve("tokens.csv");
    }

    Path serviceAccountKey() {
        return path.resolve("service-accounts.key");
    }

    Path etcd() {
        return path.resolve("etcd");
    }

    Path certificates() {
        return path.resolve("certificates");
    }

    /** The API server's self-signed certificate with its issuer, which it writes at its start. */
    Path serverCertificate() {
        return certificates().resolve("apiserver.crt");
    }

    Path kubeconfig() {
        return path.resolve("kubeconfig");
    }

    private static String newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }
}
