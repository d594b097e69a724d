package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.http2Share;
import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.platform.Pace;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code infra/proof/clients} runs once it has installed the clients in the folder of {@code slipway.clients}. */
class RealClients {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(60));
    private static final String OLD = "hello@1.0.0/production/1";
    private static final Path SEEN = Path.of("target", "real-clients.txt");
    private static Path folder;
    private static RunningGateway gateway;

    private final LiveTable table = new LiveTable();
    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        folder = Path.of(Objects.requireNonNull(System.getProperty("slipway.clients"), "run infra/proof/clients"));
        gateway = RunningGateway.start("slipway.front.web-sockets.close-within=3s");
        Files.deleteIfExists(SEEN);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        table.close();
    }

    private static void seen(String what) throws IOException {
        Files.writeString(SEEN, what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private BufferedReader run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        return process.inputReader(StandardCharsets.UTF_8);
    }

    @Test
    void python_websockets_talks_and_is_told_to_close() throws IOException {
        talks("python websockets", folder.resolve("python/bin/python").toString(), "client.py");
    }

    @Test
    void npm_ws_talks_and_is_told_to_close() throws IOException {
        talks("npm ws", "node", "client.mjs");
    }

    private void talks(String name, String program, String script) throws IOException {
        try (BufferedReader baseline = run("node", "version.mjs");
                BufferedReader canary = run("node", "version.mjs")) {
            URI old = address(baseline);
            URI next = address(canary);
            table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", old, 50), share("1.1.0", next, 50));
            await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
            try (BufferedReader client =
                    run(program, script, "ws://127.0.0.1:" + gateway.frontPort() + table.path("/chat"), "1.1.0")) {
                assertThat(client.readLine()).isEqualTo("talked");
                table.repeat(2, Assign.REQUEST, OLD, share("1.0.0", old, 100), share("1.1.0", next, 0));
                assertThat(client.readLine()).isEqualTo("closed 1001");
            }
            seen(name + ": texts, fragments, 16 MB, ping, compression, subprotocol, close 4001; "
                    + "closed with 1001 when the canary lost its share");
        }
    }

    private static URI address(BufferedReader version) throws IOException {
        return URI.create("http://127.0.0.1:" + version.readLine());
    }

    @Test
    void grpcurl_calls_and_hears_how_calls_end() throws Exception {
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(ServerServiceDefinition.builder("it.Words")
                        .addMethod(method("Unary", MethodType.UNARY), ServerCalls.asyncUnaryCall(RealClients::unary))
                        .addMethod(
                                method("Counts", MethodType.SERVER_STREAMING),
                                ServerCalls.asyncServerStreamingCall(RealClients::counts))
                        .addMethod(
                                method("Talks", MethodType.BIDI_STREAMING),
                                ServerCalls.asyncBidiStreamingCall(RealClients::talks))
                        .build())
                .build()
                .start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getPort());
            table.repeat(1, Assign.REQUEST, OLD, http2Share("1.0.0", address, 50), http2Share("1.1.0", address, 50));
            await().atMost(SOON)
                    .until(() -> grpcurl("Unary", "{\"text\":\"a\"}").contains("\"text\": \"a!\""));

            assertThat(grpcurl("Counts", "{\"text\":\"3\"}")).contains("\"1\"", "\"2\"", "\"3\"");
            assertThat(grpcurl("Talks", "{\"text\":\"who\"} {\"text\":\"why\"}"))
                    .contains("who?", "why?");
            assertThat(grpcurl("Unary", "{\"text\":\"fail\"}")).contains("Code: Unavailable", "Message: told to");
            seen("grpcurl: unary, server stream, both streams, a call that fails at once");
        } finally {
            server.shutdownNow();
        }
    }

    private String grpcurl(String method, String data) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        folder.resolve("bin/grpcurl").toString(),
                        "-plaintext",
                        "-authority",
                        table.host(),
                        "-proto",
                        "words.proto",
                        "-d",
                        data,
                        "127.0.0.1:" + gateway.frontPort(),
                        "it.Words/" + method)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static void unary(String asked, StreamObserver<String> answer) {
        if (asked.equals("fail")) {
            answer.onError(Status.UNAVAILABLE.withDescription("told to").asRuntimeException());
        } else {
            answer.onNext(asked + "!");
            answer.onCompleted();
        }
    }

    private static void counts(String to, StreamObserver<String> answer) {
        for (int i = 1; i <= Integer.parseInt(to); i++) {
            answer.onNext(Integer.toString(i));
        }
        answer.onCompleted();
    }

    private static StreamObserver<String> talks(StreamObserver<String> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String word) {
                answer.onNext(word + "?");
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onCompleted() {
                answer.onCompleted();
            }
        };
    }

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder(new Words(), new Words())
                .setType(type)
                .setFullMethodName("it.Words/" + name)
                .build();
    }

    /** The message of words.proto with its one field, shorter than 128 bytes. */
    private static final class Words implements MethodDescriptor.Marshaller<String> {
        private static final int FIELD_1 = 0x0a;

        @Override
        public InputStream stream(String value) {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            message.write(FIELD_1);
            message.write(text.length);
            message.writeBytes(text);
            return new ByteArrayInputStream(message.toByteArray());
        }

        @Override
        public String parse(InputStream stream) {
            try {
                byte[] message = stream.readAllBytes();
                return message.length < 2 ? "" : new String(message, 2, message.length - 2, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
