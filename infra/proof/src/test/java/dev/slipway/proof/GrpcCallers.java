package dev.slipway.proof;

import dev.slipway.platform.Pace;
import dev.slipway.testkit.Http2OnlyServer;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A real client of gRPC that calls an application through the front all the time, and how its calls ended. */
final class GrpcCallers implements AutoCloseable {
    private static final Duration CALLS_EVERY = Duration.ofMillis(25);
    private static final Duration CALL_MAX = Pace.patience(Duration.ofSeconds(5));

    private final ManagedChannel channel;
    private final ScheduledExecutorService calling = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Integer> ends = new ConcurrentSkipListMap<>();

    GrpcCallers(int frontPort, String host) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", frontPort)
                .usePlaintext()
                .overrideAuthority("%s:%d".formatted(host, frontPort))
                .build();
        var _ = calling.scheduleWithFixedDelay(
                () -> ends.merge(now(), 1, Integer::sum), 0, CALLS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The version that answers a call, or the status that the call ended with. */
    String now() {
        try {
            byte[] version = ClientCalls.blockingUnaryCall(
                    channel, Http2OnlyServer.VERSION, CallOptions.DEFAULT.withDeadlineAfter(CALL_MAX), new byte[0]);
            return new String(version, StandardCharsets.US_ASCII);
        } catch (StatusRuntimeException failed) {
            return failed.getStatus().getCode() + " " + failed.getStatus().getDescription();
        }
    }

    /** How often calls ended how, as {@link #now} says it. */
    Map<String, Integer> ends() {
        return new TreeMap<>(ends);
    }

    @Override
    public void close() {
        calling.shutdownNow();
        channel.shutdownNow();
    }
}
