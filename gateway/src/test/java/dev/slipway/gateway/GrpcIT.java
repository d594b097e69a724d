package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.http2Share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.platform.Pace;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCallStreamObserver;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real client and a real server of gRPC with the front between them. */
@Tag("thorough")
class GrpcIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(15));
    /** Long enough for a call to reach its version. */
    private static final Duration HANGS_FOR = Pace.patience(Duration.ofMillis(700));

    private static final String OLD = "hello@1.0.0/production/1";
    private static final Metadata.Key<String> TRAILER = Metadata.Key.of("x-trailer", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
    private static final MethodDescriptor<String, String> UNARY = method("Unary", MethodType.UNARY);
    private static final MethodDescriptor<String, String> COLLECTS = method("Collects", MethodType.CLIENT_STREAMING);
    private static final MethodDescriptor<String, String> COUNTS = method("Counts", MethodType.SERVER_STREAMING);
    private static final MethodDescriptor<String, String> TALKS = method("Talks", MethodType.BIDI_STREAMING);

    private static final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
    private static final AtomicReference<@Nullable Metadata> heard = new AtomicReference<>();
    private static RunningGateway gateway;
    private static Server server;

    private final LiveTable table = new LiveTable();
    private ManagedChannel channel;

    GrpcIT() {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.frontPort())
                .usePlaintext()
                .overrideAuthority(table.host())
                .build();
    }

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder(new Texts(), new Texts())
                .setType(type)
                .setFullMethodName("it.Words/" + name)
                .build();
    }

    private static final class Texts implements Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeAll
    static void start() throws IOException {
        gateway = RunningGateway.start("slipway.gateway.id=gateway-grpc", "slipway.front.body-read-within=1s");
        server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(ServerServiceDefinition.builder("it.Words")
                        .addMethod(UNARY, ServerCalls.asyncUnaryCall(GrpcIT::unary))
                        .addMethod(COLLECTS, ServerCalls.asyncClientStreamingCall(GrpcIT::collects))
                        .addMethod(COUNTS, ServerCalls.asyncServerStreamingCall(GrpcIT::counts))
                        .addMethod(TALKS, ServerCalls.asyncBidiStreamingCall(GrpcIT::talks))
                        .build())
                .intercept(new Hears())
                .build()
                .start();
    }

    private static final class Hears implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            heard.set(headers);
            return next.startCall(call, headers);
        }
    }

    private static void unary(String asked, StreamObserver<String> answer) {
        if (asked.startsWith("fail ")) {
            Metadata trailers = new Metadata();
            trailers.put(TRAILER, "why");
            answer.onError(Status.fromCodeValue(Integer.parseInt(asked.substring(5)))
                    .withDescription("told to")
                    .asRuntimeException(trailers));
        } else if (asked.equals("hang")) {
            Context.current().addListener(_ -> cancelled.add("hang"), Runnable::run);
        } else {
            answer.onNext(asked + "!");
            answer.onCompleted();
        }
    }

    private static StreamObserver<String> collects(StreamObserver<String> answer) {
        List<String> all = new ArrayList<>();
        return observer(all::add, () -> {
            answer.onNext(String.join(",", all));
            answer.onCompleted();
        });
    }

    private static void counts(String to, StreamObserver<String> answer) {
        for (int i = 1; i <= Integer.parseInt(to.split(" ")[0]); i++) {
            answer.onNext(Integer.toString(i));
        }
        if (to.endsWith("then fail")) {
            answer.onError(Status.DATA_LOSS.asRuntimeException());
        } else {
            answer.onCompleted();
        }
    }

    private static StreamObserver<String> talks(StreamObserver<String> answer) {
        ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(() -> cancelled.add("talks"));
        return observer(word -> answer.onNext(word + "?"), answer::onCompleted);
    }

    private static StreamObserver<String> observer(java.util.function.Consumer<String> next, Runnable completed) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String value) {
                next.accept(value);
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onCompleted() {
                completed.run();
            }
        };
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.shutdownNow();
    }

    @BeforeEach
    void serves() {
        table.repeat(
                1, Assign.REQUEST, OLD, http2Share("1.0.0", URI.create("http://127.0.0.1:" + server.getPort()), 100));
        await().atMost(SOON).ignoreExceptions().until(() -> call("up").equals("up!"));
        cancelled.clear();
    }

    @AfterEach
    void silence() {
        channel.shutdownNow();
        table.close();
    }

    private String call(String asked) {
        return ClientCalls.blockingUnaryCall(channel, UNARY, CallOptions.DEFAULT.withDeadlineAfter(SOON), asked);
    }

    @Test
    void calls_of_all_four_kinds_pass() throws Exception {
        assertThat(call("ü".repeat(100_000))).isEqualTo("ü".repeat(100_000) + "!");

        List<String> counted = new ArrayList<>();
        ClientCalls.blockingServerStreamingCall(channel, COUNTS, CallOptions.DEFAULT, "500")
                .forEachRemaining(counted::add);
        assertThat(counted).hasSize(500).startsWith("1", "2").endsWith("500");

        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        StreamObserver<String> words = ClientCalls.asyncClientStreamingCall(
                channel.newCall(COLLECTS, CallOptions.DEFAULT), observer(answers::add, () -> answers.add("end")));
        for (String word : List.of("a", "b", "c")) {
            words.onNext(word);
        }
        words.onCompleted();
        assertThat(answers.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("a,b,c");
        assertThat(answers.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("end");

        StreamObserver<String> talk = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(TALKS, CallOptions.DEFAULT), observer(answers::add, () -> answers.add("end")));
        for (String word : List.of("who", "why")) {
            talk.onNext(word);
            assertThat(answers.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(word + "?");
        }
        talk.onCompleted();
        assertThat(answers.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("end");
    }

    @Test
    void a_call_that_pauses_for_longer_than_a_body_may_goes_on() throws Exception {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        StreamObserver<String> words = ClientCalls.asyncClientStreamingCall(
                channel.newCall(COLLECTS, CallOptions.DEFAULT), observer(answers::add, () -> answers.add("end")));
        words.onNext("a");
        assertThat(answers.poll(2, TimeUnit.SECONDS))
                .as("past body-read-within")
                .isNull();
        words.onNext("b");
        words.onCompleted();
        assertThat(answers.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("a,b");
    }

    @Test
    void what_a_call_says_last_arrives_and_failures_of_the_server_are_errors() {
        for (int code = 1; code <= 16; code++) {
            AtomicReference<@Nullable Metadata> trailers = new AtomicReference<>();
            var intercepted = io.grpc.ClientInterceptors.intercept(
                    channel, MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers));
            String failing = "fail " + code;
            assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(intercepted, UNARY, CallOptions.DEFAULT, failing))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            failed -> assertThat(failed.getStatus())
                                    .isEqualTo(failed.getStatus().withDescription("told to")))
                    .hasMessageContaining(Status.fromCodeValue(code).getCode().name());
            Metadata said = Objects.requireNonNull(trailers.get());
            assertThat(said.get(TRAILER)).isEqualTo("why");
            assertThat(said.keys()).doesNotContain("content-length");
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(sum(Counts::errors)).as("2, 4, 12 to 15").isEqualTo(6);
            assertThat(sum(Counts::refusals)).isEqualTo(9);
        });

        assertThatThrownBy(() -> ClientCalls.blockingServerStreamingCall(
                                channel, COUNTS, CallOptions.DEFAULT, "3 then fail")
                        .forEachRemaining(_ -> {}))
                .hasMessageContaining("DATA_LOSS");
        await().atMost(SOON).until(() -> sum(Counts::errors) == 7);
    }

    @Test
    void a_cancellation_reaches_the_version_and_a_deadline_is_handed_on_and_ends_the_call_there() throws Exception {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        channel, UNARY, CallOptions.DEFAULT.withDeadlineAfter(HANGS_FOR), "hang"))
                .hasMessageContaining("DEADLINE_EXCEEDED");
        assertThat(cancelled.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("hang");

        var talk = channel.newCall(TALKS, CallOptions.DEFAULT.withDeadlineAfter(Duration.ofMinutes(5)));
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        StreamObserver<String> words = ClientCalls.asyncBidiStreamingCall(talk, observer(answers::add, () -> {}));
        words.onNext("who");
        assertThat(answers.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("who?");
        assertThat(Objects.requireNonNull(heard.get()).containsKey(TIMEOUT)).isTrue();
        talk.cancel("enough", null);
        assertThat(cancelled.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("talks");
    }

    @Test
    void where_the_front_itself_refuses_a_client_hears_that_the_service_is_unavailable() {
        table.repeat(2, Assign.REQUEST, null);
        await().atMost(SOON)
                .untilAsserted(() -> assertThatThrownBy(() -> call("x"))
                        .isInstanceOfSatisfying(
                                StatusRuntimeException.class,
                                failed ->
                                        assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE)));
        assertThat(sum(Counts::errors)).isZero();
    }

    private long sum(ToLongFunction<Counts> what) {
        return TestPlatform.shared()
                .records(Topics.TRAFFIC_SAMPLES, table.environment().toString())
                .stream()
                .map(sample -> WireJson.mapper().readValue(sample.value(), TrafficSample.class))
                .flatMap(sample -> sample.versions().stream())
                .mapToLong(counts -> what.applyAsLong(counts.all()))
                .sum();
    }
}
