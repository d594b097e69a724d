package dev.slipway.gateway.probe;

import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.gateway.live.ProbeMark;
import dev.slipway.gateway.probe.ProbePace.Due;
import dev.slipway.gateway.split.AppPath;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the probes as a client of this very gateway, so that they take the way of live requests: split, header filters,
 * counting. How they are answered is counted there and of no interest here. No probe is sent once a table no longer asks
 * for it, is not repeated, or the gateway stops.
 */
final class ProbeSender implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSender.class);
    private static final String CLIENT_HEADER = "Slipway-Client";
    private static final Duration JOIN_MAX = Duration.ofSeconds(3);

    private final HttpClient client;
    private final Supplier<List<TrafficTable>> asked;
    private final ProbeMark mark;
    private final ProbeSettings settings;
    private final Supplier<URI> front;
    private final ProbePace pace;
    private final Semaphore places;
    private final Counter sent;
    private final Counter leftOut;
    private volatile boolean running;
    private @Nullable Thread thread;

    /**
     * Sends nothing yet.
     *
     * @param asked the tables that ask for probes at the moment of the call
     * @param front where this gateway's front listens
     */
    ProbeSender(
            HttpClient client,
            Supplier<List<TrafficTable>> asked,
            ProbeMark mark,
            ProbeSettings settings,
            Supplier<URI> front,
            MeterRegistry meters) {
        this.client = client;
        this.asked = asked;
        this.mark = mark;
        this.settings = settings;
        this.front = front;
        this.pace = new ProbePace(settings.perSecondMax(), settings.lookEvery().multipliedBy(4));
        this.places = new Semaphore(settings.inFlightMax());
        this.sent = counter(meters, "sent");
        this.leftOut = counter(meters, "left_out");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("slipway.gateway.probes")
                .description("Requests of our own to environments that ask for them")
                .tag("outcome", outcome)
                .register(meters);
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name("traffic-probes").daemon().start(this::run);
    }

    /** Comes first in stopping, as {@link #getPhase} says, so that no probe meets a gateway that no longer takes any. */
    @Override
    public synchronized void stop() {
        running = false;
        Thread current = thread;
        if (current != null) {
            current.interrupt();
            try {
                current.join(JOIN_MAX);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void run() {
        long last = System.nanoTime();
        while (running) {
            try {
                Thread.sleep(settings.lookEvery());
                long now = System.nanoTime();
                pace.due(asked.get(), Duration.ofNanos(now - last)).forEach(this::send);
                last = now;
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException broken) {
                LOG.error("Probes could not be sent", broken);
            }
        }
    }

    private void send(Due due) {
        if (!places.tryAcquire()) {
            leftOut.increment();
            return;
        }
        boolean underWay = false;
        try {
            var _ = client.sendAsync(request(due), BodyHandlers.discarding()).whenComplete((_, _) -> places.release());
            underWay = true;
            sent.increment();
        } catch (IllegalArgumentException notSendable) {
            leftOut.increment();
            LOG.debug("{} cannot be probed at {}", due.environment(), due.path(), notSendable);
        } finally {
            if (!underWay) {
                places.release();
            }
        }
    }

    /** Each from a client of its own, so that where clients stick to a side each falls on one anew. */
    private HttpRequest request(Due due) {
        URI uri = URI.create(front.get() + AppPath.ROOT + due.environment() + due.path());
        return HttpRequest.newBuilder(uri)
                .timeout(settings.answerWithin())
                .header(TrafficTable.PROBE_HEADER, mark.value())
                .header(CLIENT_HEADER, "probe-" + UUID.randomUUID())
                .header("User-Agent", "slipway-probe")
                .GET()
                .build();
    }
}
