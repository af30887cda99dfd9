package dev.skete.agent.launch;

import dev.skete.agent.linux.PassedDescriptor;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What tells a launcher how to run its guest. */
record LaunchAnswer(PreparedGuest guest) {

    /**
     * Sends it; the first that is said on this connection.
     *
     * @throws IOException if the tap could not be handed over: the launcher has gone
     */
    void send(EpollDomainSocketChannel launcher) throws IOException {
        OptionalInt tap = guest.wired().openTap();
        if (tap.isPresent()) {
            var announcement = new Frame(Frame.INTERFACE, new byte[0]);
            PassedDescriptor.send(launcher.fd().intValue(), announcement.bytes(), tap.getAsInt());
            guest.wired().letGoOfTap();
        }
        frames().forEach(launcher::write);
        launcher.flush();
    }

    private List<Frame> frames() {
        var command = guest.command();
        var frames = new ArrayList<Frame>();
        frames.add(Frame.ofList(Frame.VMM_ARGUMENTS, command.argv()));
        frames.add(Frame.ofList(Frame.ENVIRONMENT, guest.environment()));
        frames.addAll(guest.watch().frames());
        frames.add(new Frame(Frame.EXIT_TABLE, command.exits().bytes()));
        return frames;
    }
}
