package dev.slipway.testkit;

import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.SimpleChannelInboundHandler;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Servers that speak HTTP/2 by prior knowledge and nothing else, as most of gRPC do: one of plain HTTP, one of gRPC with
 * its health protocol and one method. Also a program, to be released: {@code http} or {@code grpc}, its port in
 * {@code PORT}, its version in {@code VERSION}, where it runs in {@code WHERE}; where {@code FAILS} says
 * {@code VERSION/WHERE} every call of its method fails.
 */
public final class Http2OnlyServer implements AutoCloseable {
    private static final int LARGE_BYTES = 2_000;
    /** Takes anything and answers the version, as bytes of ASCII. */
    public static final MethodDescriptor<byte[], byte[]> VERSION = unary("slipway.proof.Greeter/Version");

    private static final MethodDescriptor<byte[], byte[]> CHECK = unary("grpc.health.v1.Health/Check");
    private static final byte[] SERVING = {0x08, 1};
    private static final byte[] NOT_SERVING = {0x08, 2};

    private final int port;
    private final Runnable stop;

    private Http2OnlyServer(int port, Runnable stop) {
        this.port = port;
        this.stop = stop;
    }

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(Objects.requireNonNull(System.getenv("PORT")));
        try (Http2OnlyServer server = arguments.length == 0 || arguments[0].equals("grpc") ? grpc(port) : http(port)) {
            System.out.println("listens on " + server.port);
            Thread.currentThread().join();
        }
    }

    /**
     * Answers JSON on {@code /health}, the traceparent on {@code /trace}, 2,000 bytes on {@code /large}, a metric of its own
     * on {@code /metrics}, the same without its end on {@code /metrics-cut}, nothing on {@code /slow} and 404 on any other path.
     *
     * @param port 0 for a free one
     */
    public static Http2OnlyServer http(int port) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer().build(),
                                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                                            @Override
                                            protected void initChannel(Channel stream) {
                                                stream.pipeline().addLast(new Answers());
                                            }
                                        }));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
        return new Http2OnlyServer(((InetSocketAddress) listening.localAddress()).getPort(), () -> {
            var _ = loops.shutdownGracefully();
        });
    }

    /** gRPC's health protocol: the server is well, its service {@code sick} is not, and it knows no other. */
    public static Http2OnlyServer grpc(int port) {
        String version = System.getenv().getOrDefault("VERSION", "");
        boolean fails = (version + "/" + System.getenv("WHERE")).equals(System.getenv("FAILS"));
        try {
            var server = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            InsecureServerCredentials.create())
                    .addService(ServerServiceDefinition.builder("grpc.health.v1.Health")
                            .addMethod(CHECK, ServerCalls.asyncUnaryCall(Http2OnlyServer::check))
                            .build())
                    .addService(ServerServiceDefinition.builder("slipway.proof.Greeter")
                            .addMethod(VERSION, ServerCalls.asyncUnaryCall((_, answer) -> tell(version, fails, answer)))
                            .build())
                    .build()
                    .start();
            return new Http2OnlyServer(server.getPort(), server::shutdownNow);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MethodDescriptor<byte[], byte[]> unary(String name) {
        return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setType(MethodType.UNARY)
                .setFullMethodName(name)
                .build();
    }

    /** A failure comes after the first message, so that the answer begins with status 200 of HTTP and ends with one of gRPC. */
    private static void tell(String version, boolean fails, StreamObserver<byte[]> answer) {
        answer.onNext(version.getBytes(StandardCharsets.US_ASCII));
        if (fails) {
            answer.onError(Status.INTERNAL.withDescription("told to fail").asRuntimeException());
        } else {
            answer.onCompleted();
        }
    }

    private static void check(byte[] request, StreamObserver<byte[]> answer) {
        String service = request.length < 2 ? "" : new String(request, 2, request.length - 2, StandardCharsets.UTF_8);
        switch (service) {
            case "" -> {
                answer.onNext(SERVING);
                answer.onCompleted();
            }
            case "sick" -> {
                answer.onNext(NOT_SERVING);
                answer.onCompleted();
            }
            default -> answer.onError(Status.NOT_FOUND.asRuntimeException());
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Answers extends SimpleChannelInboundHandler<Http2HeadersFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext stream, Http2HeadersFrame asked) {
            String path = asked.headers().path().toString();
            switch (path.split("\\?")[0]) {
                case "/health" -> answer(stream, "200", "{\"greeting\":\"Hello x\"}");
                case "/trace" ->
                    answer(stream, "200", String.valueOf(asked.headers().get("traceparent")));
                case "/large" -> answer(stream, "200", "x".repeat(LARGE_BYTES));
                case "/metrics" -> tell(stream, "queue_depth 7\n# EOF\n");
                case "/metrics-cut" -> tell(stream, "queue_depth 7\n");
                case "/slow" -> {}
                default -> answer(stream, "404", "");
            }
        }

        private static void answer(ChannelHandlerContext stream, String status, String body) {
            answer(stream, new DefaultHttp2Headers().status(status), body);
        }

        private static void tell(ChannelHandlerContext stream, String metrics) {
            Http2Headers head = new DefaultHttp2Headers().status("200");
            answer(stream, head.set("content-type", "application/openmetrics-text; version=1.0.0"), metrics);
        }

        private static void answer(ChannelHandlerContext stream, Http2Headers head, String body) {
            var _ = stream.write(new DefaultHttp2HeadersFrame(head));
            var _ = stream.writeAndFlush(
                    new DefaultHttp2DataFrame(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8), true));
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        stop.run();
    }
}
