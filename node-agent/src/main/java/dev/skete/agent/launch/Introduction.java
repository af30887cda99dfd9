package dev.skete.agent.launch;

import dev.skete.agent.vmm.GuestLaunch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a launcher says before it asks for anything: each frame at most once, in any order. Kept as it came, because a list takes
 * several times the memory of its bytes.
 */
final class Introduction {
    private static final int MAX_RESOLV_CONF = 4096;

    private @Nullable Frame arguments;
    private @Nullable Frame environment;
    private @Nullable Frame resolvConf;
    private @Nullable Frame files;
    private boolean takesInterface;

    /**
     * What a launcher said of itself.
     *
     * @param files paths below the guest's files, volume first, in no order; one more than {@link GuestLaunch#MOST_FILES} if there are more
     * @param takesInterface whether it passes an open tap on to the VMM
     */
    record Complete(
            List<String> arguments,
            List<String> environment,
            String resolvConf,
            List<String> files,
            boolean takesInterface) {}

    /**
     * Takes one frame.
     *
     * @throws ProtocolException if it is not part of an introduction, or came before
     */
    void take(Frame frame) throws ProtocolException {
        switch (frame.type()) {
            case Frame.ARGUMENTS -> {
                require(arguments == null, "arguments sent twice");
                arguments = frame;
            }
            case Frame.ENVIRONMENT -> {
                require(environment == null, "environment sent twice");
                environment = frame;
            }
            case Frame.RESOLV_CONF -> {
                require(resolvConf == null, "resolv.conf sent twice");
                require(frame.payload().length <= MAX_RESOLV_CONF, "resolv.conf is too long");
                resolvConf = frame;
            }
            case Frame.FILES -> {
                require(files == null, "files sent twice");
                files = frame;
            }
            default -> throw new ProtocolException("frame of type %s is out of place".formatted(frame.typeName()));
        }
    }

    /** Takes the last frame, which asks for something, and of an asking for a launch says what more the launcher understands than all do. */
    void end(Frame frame) {
        takesInterface =
                frame.type() == Frame.LAUNCH && List.of(frame.text().split(" ")).contains("interface");
    }

    /**
     * The whole introduction.
     *
     * @throws ProtocolException if arguments or environment were not sent, or a list is none
     */
    Complete complete() throws ProtocolException {
        if (arguments == null || environment == null) {
            throw new ProtocolException("launcher asked before it sent arguments and environment");
        }
        return new Complete(
                arguments.list(),
                environment.list(),
                resolvConf == null ? "" : resolvConf.text(),
                files == null ? List.of() : files.list(),
                takesInterface);
    }

    private static void require(boolean holds, String otherwise) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException(otherwise);
        }
    }
}
