package dev.skete.agent.uninstall;

import java.net.HttpURLConnection;

/** Whether the DaemonSet that the agent belongs to is still installed. */
enum Installation {
    Present,
    Gone,
    /** The API server did not say: the same as {@link #Present} to whoever has something to lose. */
    Unknown;

    /**
     * What the API server's refusal to show the DaemonSet means. An uninstall removes the agent's right to look, and its account, in the
     * moments around the DaemonSet itself; nothing else that ends an agent does. Were an administrator to take that right away by mistake,
     * the next agent would only have to install its files again.
     */
    static Installation fromRefusal(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_NOT_FOUND,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    HttpURLConnection.HTTP_UNAUTHORIZED -> Gone;
            default -> Unknown;
        };
    }
}
