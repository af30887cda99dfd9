package dev.skete.agent;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.prometheus.client.exporter.common.TextFormat;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the kubelet and Prometheus ask for: {@code /livez}, {@code /readyz} and {@code /metrics}. On a loop of its own, whose answers show
 * nothing of the launch loop but cannot hold it up either. Every pod can reach it: one that connects and keeps silent loses its place.
 */
final class StatusServer implements AutoCloseable {
    /** The kubelet and Prometheus have one or two each. */
    private static final int MOST_CONNECTIONS = 32;

    private static final int SECONDS_OF_SILENCE = 60;

    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final Queue<Channel> connections = new ArrayDeque<>();
    private final BooleanSupplier ready;
    private final Supplier<String> metrics;
    private final Channel listening;

    private StatusServer(int port, BooleanSupplier ready, Supplier<String> metrics) {
        this.ready = ready;
        this.metrics = metrics;
        this.listening = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        admit(connection);
                    }
                })
                .bind(port)
                .syncUninterruptibly()
                .channel();
    }

    /**
     * Listens on all of the node's addresses.
     *
     * @param port 0 for any free one
     * @param ready whether guests can be placed here
     * @param metrics a page in the form of OpenMetrics 1.0
     */
    static StatusServer open(int port, BooleanSupplier ready, Supplier<String> metrics) {
        return new StatusServer(port, ready, metrics);
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** On the loop's thread, as all that is done with the connections. Who has been here longest makes room. */
    private void admit(Channel connection) {
        connections.add(connection);
        connection.closeFuture().addListener(_ -> connections.remove(connection));
        if (connections.size() > MOST_CONNECTIONS) {
            connections.remove().close();
        }
        connection
                .pipeline()
                .addLast(
                        new ReadTimeoutHandler(SECONDS_OF_SILENCE, TimeUnit.SECONDS),
                        new HttpServerCodec(),
                        new HttpServerKeepAliveHandler(),
                        new Answers());
    }

    private DefaultFullHttpResponse answer(String path) {
        return switch (path) {
            case "/livez" -> text(HttpResponseStatus.OK, "ok\n");
            case "/readyz" ->
                ready.getAsBoolean()
                        ? text(HttpResponseStatus.OK, "ok\n")
                        : text(
                                HttpResponseStatus.SERVICE_UNAVAILABLE,
                                "the kubelet has not heard of this node's places for guests yet\n");
            case "/metrics" -> response(HttpResponseStatus.OK, TextFormat.CONTENT_TYPE_OPENMETRICS_100, metrics.get());
            default -> text(HttpResponseStatus.NOT_FOUND, "there are /livez, /readyz and /metrics\n");
        };
    }

    private static DefaultFullHttpResponse text(HttpResponseStatus status, String text) {
        return response(status, "text/plain; charset=utf-8", text);
    }

    private static DefaultFullHttpResponse response(HttpResponseStatus status, String type, String content) {
        var body = Unpooled.copiedBuffer(content, StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return response;
    }

    private final class Answers extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part.decoderResult().isFailure()) {
                context.writeAndFlush(text(HttpResponseStatus.BAD_REQUEST, "that is not HTTP\n"))
                        .addListener(ChannelFutureListener.CLOSE);
            } else if (part instanceof HttpRequest request) {
                context.writeAndFlush(answer(request.uri()));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
