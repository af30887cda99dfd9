package dev.skete.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process of this machine, as /proc shows it. */
record LocalProcess(Path proc) {
    /** USER_HZ, which is 100 on every Linux of ours (man 5 proc). */
    private static final double TICKS_PER_SECOND = 100;

    /** Processes whose command line has the text in it. */
    static List<LocalProcess> withArgument(String text) {
        return where("cmdline", text);
    }

    /** Processes whose environment has the text in it. */
    static List<LocalProcess> withVariable(String text) {
        return where("environ", text);
    }

    private static List<LocalProcess> where(String file, String text) {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .map(LocalProcess::new)
                    .filter(process -> process.read(file).contains(text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double pssMiB() {
        return kib("smaps_rollup", "Pss:") / 1024;
    }

    double rssMiB() {
        return kib("status", "VmRSS:") / 1024;
    }

    double cpuSeconds() {
        String[] fields = stat();
        return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
    }

    /** The fields of its stat file from the third on, which are behind its name (man 5 proc). */
    private String[] stat() {
        String stat = read("stat");
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    /** Seconds since it was started. */
    double ageSeconds() {
        double uptime = Double.parseDouble(
                new LocalProcess(Path.of("/proc")).read("uptime").split(" ", -1)[0]);
        return uptime - Double.parseDouble(stat()[19]) / TICKS_PER_SECOND;
    }

    /** SIGKILL. */
    void kill() {
        ProcessHandle.of(Long.parseLong(proc.getFileName().toString())).ifPresent(ProcessHandle::destroyForcibly);
    }

    int threads() {
        return entries(proc.resolve("task"));
    }

    /** Open file descriptors. */
    int descriptors() {
        return entries(proc.resolve("fd"));
    }

    /** Network namespaces that some process is in. */
    static int networkNamespaces() {
        return (int) where("status", "Pid:").stream()
                .map(process -> process.link("ns/net"))
                .filter(link -> !link.isEmpty())
                .distinct()
                .count();
    }

    private String link(String file) {
        try {
            return Files.readSymbolicLink(proc.resolve(file)).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static int entries(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return (int) entries.count();
        } catch (IOException e) {
            return 0;
        }
    }

    private double kib(String file, String field) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /** A process that is gone by now reads as nothing. */
    private String read(String file) {
        try {
            return Files.readString(proc.resolve(file)).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }
}
