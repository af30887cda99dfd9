package dev.skete.api;

/**
 * The values of fields a user left out. They are the CRD's own defaults, which the API server also fills into objects that are older
 * than a default, so code that reads from the API server never needs them; the compiler uses them for manifests that never went there.
 */
public final class Defaults {
    public static final int REPLICAS = 1;
    public static final String MEMORY = "64Mi";
    public static final int CPUS = 1;
    public static final String CPU_REQUEST = "50m";
    public static final RestartPolicy RESTART_POLICY = RestartPolicy.Always;
    public static final AcceleratorPolicy ACCELERATOR = AcceleratorPolicy.Auto;
    public static final int DRAIN_SECONDS = 3;
    public static final int TERMINATION_GRACE_PERIOD_SECONDS = 30;
    public static final int STARTUP_DEADLINE_SECONDS = 60;
    public static final Stdin STDIN = Stdin.Closed;
    public static final SecretsOnCommandLine SECRETS_ON_COMMAND_LINE = SecretsOnCommandLine.Refused;
    public static final GuestPort.Protocol PROTOCOL = GuestPort.Protocol.TCP;

    public static final int COMPLETIONS = 1;
    public static final int PARALLELISM = 1;
    public static final int BACKOFF_LIMIT = 6;

    public static final String ENV_FORMAT = "${name}=${value}";
    public static final String MOUNT_FORMAT = "${tag}:${path}";
    public static final FileChannel FILES = FileChannel.None;
    public static final DiskModel DISKS = DiskModel.None;
    public static final Entropy ENTROPY = Entropy.None;
    public static final Quoting QUOTING = Quoting.Posix;
    public static final Shutdown SHUTDOWN = Shutdown.None;
    public static final VnetHeader VNET_HEADER = VnetHeader.Enabled;
    public static final int EXIT_PORT = 0xf4;
    public static final String OVERHEAD_MEMORY = "32Mi";
    public static final String OVERHEAD_CPU = "20m";

    private Defaults() {}
}
