package dev.slipway.gateway.probe;

import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.gateway.live.ProbeMark;
import dev.slipway.gateway.loop.Loop;
import dev.slipway.gateway.loop.Looping;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the probes as a client of this very gateway, so that they take the way of live requests: split, header filters,
 * counting. How they are answered is counted there and of no interest here. No probe is sent once a table no longer asks
 * for it, is not repeated, or the gateway stops.
 */
final class ProbeSender implements SmartLifecycle, Looping {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSender.class);
    private static final String CLIENT_HEADER = "Slipway-Client";

    private final HttpClient client;
    private final Supplier<List<TrafficTable>> asked;
    private final ProbeMark mark;
    private final ProbeSettings settings;
    private final Supplier<URI> front;
    private final ProbePace pace;
    private final Semaphore places;
    private final Counter sent;
    private final Counter leftOut;
    private final Loop loop;
    private long last;
    private boolean wanted;

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
        this.loop = new Loop("traffic probes", settings.lookEvery(), this::turn).onlyWhile(() -> wanted);
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("slipway.gateway.probes")
                .description("Requests of our own to environments that ask for them")
                .tag("outcome", outcome)
                .register(meters);
    }

    @Override
    public void start() {
        last = System.nanoTime();
        loop.start();
    }

    /** Comes first in stopping, as {@link #getPhase} says, so that no probe meets a gateway that no longer takes any. */
    @Override
    public void stop() {
        loop.stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    /** A table has come that may ask for probes. */
    void wake() {
        loop.wake();
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void turn() {
        long now = System.nanoTime();
        Duration passed =
                wanted ? Duration.ofNanos(now - last) : Duration.ZERO; // nothing became due while nobody asked
        last = now;
        List<TrafficTable> tables = asked.get();
        wanted = !tables.isEmpty();
        pace.due(tables, passed).forEach(this::send);
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
