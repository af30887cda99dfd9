package dev.skete.agent;

import dev.skete.agent.device.DeviceNode;
import dev.skete.agent.device.KvmProbe;
import dev.skete.agent.device.KvmResult;
import dev.skete.agent.device.KvmResult.Verdict;
import dev.skete.agent.launch.KvmVerdict;
import dev.skete.agent.launch.PackDirectory;
import dev.skete.agent.vmm.PackKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the boot probe once, beside everything else, and keeps what it found. */
final class KvmCheck implements KvmVerdict {
    private static final Logger LOG = LoggerFactory.getLogger(KvmCheck.class);

    private final AgentConfig config;
    private final PackDirectory packs;
    private final CompletableFuture<KvmResult> result = new CompletableFuture<>();

    /** Is given the result, on the probe's thread. */
    @FunctionalInterface
    interface Consumer {
        void accept(KvmResult result) throws IOException;
    }

    KvmCheck(AgentConfig config, PackDirectory packs) {
        this.config = config;
        this.packs = packs;
    }

    void start(Consumer whenDone) {
        Thread.ofPlatform().name("kvm-probe").daemon().start(() -> {
            try {
                var found = probe();
                LOG.info("KVM is {}: {}", found.usable() ? "offered" : "not offered", found.detail());
                result.complete(found);
                whenDone.accept(found);
            } catch (IOException e) {
                LOG.error("KVM is not offered: its device node could not be made or tried", e);
                result.complete(new KvmResult(Verdict.Failed, "the device node could not be made or tried"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private KvmResult probe() throws InterruptedException, IOException {
        if (config.kvm() == AgentConfig.Kvm.Off) {
            return new KvmResult(Verdict.SwitchedOff, "switched off by skete.agent.kvm");
        }
        if (!Files.readString(Path.of("/proc/misc")).contains(" kvm\n")) {
            return new KvmResult(Verdict.Absent, "the node's kernel has no KVM device");
        }
        var pack = packs.onNode(PackKind.FULL);
        if (pack.isEmpty()) {
            return new KvmResult(Verdict.NoVmmPack, "no QEMU is installed to try it with");
        }
        if (!Files.exists(Path.of("/dev/kvm"))) {
            // QEMU knows no other path, and a container's /dev lacks it.
            DeviceNode.KVM.ensure(Path.of("/dev"), config.guestGid());
        }
        return new KvmProbe(pack.get(), config.kvmProbeTimeout()).run();
    }

    @Override
    public Optional<String> whyNot() {
        try {
            var found = result.get(config.kvmProbeTimeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
            return found.usable() ? Optional.empty() : Optional.of(found.detail());
        } catch (TimeoutException | ExecutionException e) {
            return Optional.of("the boot probe has not ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the agent is stopping");
        }
    }
}
