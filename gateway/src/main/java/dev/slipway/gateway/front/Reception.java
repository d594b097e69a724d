package dev.slipway.gateway.front;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Protocol;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.gateway.live.LiveTraffic;
import dev.slipway.gateway.live.ProbeMark;
import dev.slipway.gateway.live.SplitMeters;
import dev.slipway.gateway.live.SplitMeters.Outcome;
import dev.slipway.gateway.live.SplitMeters.To;
import dev.slipway.gateway.passing.Cohorts;
import dev.slipway.gateway.passing.Destination;
import dev.slipway.gateway.passing.HeaderLines;
import dev.slipway.gateway.passing.Refusal;
import dev.slipway.gateway.passing.WebSockets;
import dev.slipway.gateway.split.Choosing;
import dev.slipway.gateway.split.Clients;
import dev.slipway.gateway.split.Division;
import dev.slipway.gateway.split.Side;
import dev.slipway.gateway.split.SplitTables;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Takes a request in: finds its environment, chooses the version, and hands both on. What is refused here (no version, too
 * many requests) is no version's answer and is not counted for any.
 */
final class Reception {
    private static final Map<String, Refusal> UNREADABLE = Stream.of(
                    Refusal.MALFORMED,
                    Refusal.AMBIGUOUS_LENGTH,
                    Refusal.AMBIGUOUS_HOST,
                    Refusal.LINE_TOO_LONG,
                    Refusal.HEADERS_TOO_LARGE,
                    Refusal.NO_TUNNELS,
                    Refusal.VERSION_NOT_SUPPORTED)
            .collect(Collectors.toUnmodifiableMap(Refusal::code, refusal -> refusal));

    /** Unverified shares have the low buckets. */
    private static final int UNVERIFIED_FIRST = 0;

    private final LiveTraffic traffic;
    private final Choosing choosing;
    private final Dice dice;
    private final SidePlaces places;
    private final SideRequest side;
    private final Tunnels tunnels;
    private final ProblemAnswer problems;
    private final FrontSettings settings;
    private final Clock clock;
    private final ProbeMark mark;
    private final SplitMeters meters;

    /** Draws the side of a request, 0 to 9,999. */
    @FunctionalInterface
    interface Dice {
        int roll();
    }

    Reception(
            LiveTraffic traffic,
            Choosing choosing,
            Dice dice,
            SidePlaces places,
            SideRequest side,
            Tunnels tunnels,
            ProblemAnswer problems,
            FrontSettings settings,
            Clock clock,
            ProbeMark mark,
            SplitMeters meters) {
        this.traffic = traffic;
        this.choosing = choosing;
        this.dice = dice;
        this.places = places;
        this.side = side;
        this.tunnels = tunnels;
        this.problems = problems;
        this.settings = settings;
        this.clock = clock;
        this.mark = mark;
        this.meters = meters;
    }

    Mono<Void> receive(HttpServerRequest request, HttpServerResponse response) {
        HttpHeaders headers = request.requestHeaders();
        String unreadable = headers.get(SentForm.REFUSED);
        if (unreadable != null) {
            return refuse(request, response, UNREADABLE.getOrDefault(unreadable, Refusal.MALFORMED));
        }
        String target = headers.get(SentForm.TARGET, "/");
        Optional<Destination> found = Destination.find(headers.get(HttpHeaderNames.HOST), target, traffic.hostNames());
        if (found.isEmpty()) { // names are known from the tables
            return refuse(request, response, traffic.readToEnd() ? Refusal.UNKNOWN : Refusal.TABLES_UNREAD);
        }
        Destination destination = found.get();
        if (destination.leadsElsewhere()) {
            return refuse(request, response, Refusal.LEADS_ELSEWHERE);
        }
        if (!traffic.readToEnd()) {
            meters.unknown();
            return refuse(request, response, Refusal.TABLES_UNREAD);
        }
        return choose(request, response, destination);
    }

    private Mono<Void> choose(HttpServerRequest request, HttpServerResponse response, Destination destination) {
        SplitTables tables = traffic.tables();
        Optional<TrafficTable> held = tables.table(destination.environment());
        if (held.isPresent() && held.get().removed()) {
            return refuse(request, response, Refusal.UNKNOWN);
        }
        if (held.isEmpty()) {
            meters.unknown();
            return refuse(request, response, Refusal.NO_TABLE);
        }
        Call call = Call.of(request, response, destination, held.get(), mark);
        Side chosen =
                choosing.choose(tables, destination.environment(), clock.instant(), division -> bucket(call, division));
        return switch (chosen) {
            case Side.Serves(Share share) -> serve(call, share, tables.runs(destination.environment(), share.key()));
            case Side.NoTable _ -> refuse(request, response, Refusal.NO_TABLE);
            case Side.NothingServes _ -> none(call, Refusal.NOTHING_SERVES);
            case Side.ComingBack _ -> none(call, Refusal.COMING_BACK);
            case Side.NotConfirmed _ -> none(call, Refusal.NOT_CONFIRMED);
        };
    }

    /**
     * A request whose environment has a table.
     *
     * @param probe whether it is one of our own
     * @param cohort whether it is one of those that always get the new version
     */
    private record Call(
            HttpServerRequest request,
            HttpServerResponse response,
            Destination destination,
            TrafficTable table,
            Visitor visitor,
            boolean probe,
            boolean cohort) {
        private static Call of(
                HttpServerRequest request,
                HttpServerResponse response,
                Destination destination,
                TrafficTable table,
                ProbeMark mark) {
            HttpHeaders headers = request.requestHeaders();
            boolean probe =
                    headers.contains(TrafficTable.PROBE_HEADER) && mark.isOn(headers.getAll(TrafficTable.PROBE_HEADER));
            boolean cohort = table.cohort() != null && Cohorts.carries(headers::getAll, table.cohort());
            return new Call(request, response, destination, table, new Visitor(headers), probe, cohort);
        }
    }

    private int bucket(Call call, Division division) {
        if (call.cohort()) {
            return UNVERIFIED_FIRST;
        }
        return call.table().assign() == Canary.Assign.CLIENT
                ? Clients.bucket(call.visitor().key(), division)
                : dice.roll();
    }

    /** @param runs whether it is known that the version runs */
    private Mono<Void> serve(Call call, Share share, boolean runs) {
        TrafficTable table = call.table();
        EnvironmentId environment = table.environment();
        boolean verified = share.key().equals(table.verified());
        To to = verified ? To.VERIFIED : To.UNVERIFIED;
        if (length(call.request().requestHeaders()) > table.limits().bodyMaxBytes()) {
            meters.ended(environment, to, call.probe(), Outcome.REFUSED, 0);
            return refuse(call.request(), call.response(), Refusal.BODY_TOO_LARGE);
        }
        boolean webSocket = asksForWebSocket(call.request());
        if (webSocket && share.protocol() == Protocol.H2C) {
            meters.ended(environment, to, call.probe(), Outcome.REFUSED, 0);
            return refuse(call.request(), call.response(), Refusal.NO_WEB_SOCKET);
        }
        Bulkhead place = places.of(table, share.key());
        if (!place.tryAcquirePermission()) {
            meters.ended(environment, to, call.probe(), Outcome.UNAVAILABLE, 0);
            return refuse(call.request(), call.response(), Refusal.BUSY);
        }
        if (webSocket && !tunnels.enter(environment, share.key())) {
            place.releasePermission();
            meters.ended(environment, to, call.probe(), Outcome.UNAVAILABLE, 0);
            return refuse(call.request(), call.response(), Refusal.TOO_MANY_WEB_SOCKETS);
        }
        boolean longPoll = table.limits().isLongPoll(call.destination().path());
        Counting counting = call.cohort()
                ? Counting.none()
                : Counting.of(
                        traffic.counting(environment),
                        table.counter(),
                        share.key(),
                        call.visitor().number(),
                        !longPoll,
                        clock);
        Visit visit =
                new Visit(call.destination(), share, to, call.probe(), table, longPoll, runs, place, counting, meters);
        return side.send(call.request(), call.response(), visit, cookie(call), call.probe(), webSocket);
    }

    private static boolean asksForWebSocket(HttpServerRequest request) {
        HttpHeaders headers = request.requestHeaders();
        String upgrade = headers.get(HttpHeaderNames.UPGRADE);
        if (upgrade == null || !request.version().equals(HttpVersion.HTTP_1_1)) {
            return false;
        }
        HeaderLines lines = headers::iteratorCharSequence;
        return WebSockets.isAskedFor(request.method().name(), upgrade, lines.ofThisConnection())
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    private @Nullable String cookie(Call call) {
        String prefix = call.destination().prefix();
        return call.visitor()
                .cookie(
                        prefix.isEmpty() ? "/" : prefix,
                        settings.clientKeepsFor(),
                        call.request().scheme().equals("https"));
    }

    private static long length(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip()); // the codec has read it
    }

    private Mono<Void> none(Call call, Refusal refusal) {
        meters.ended(call.table().environment(), To.NONE, call.probe(), Outcome.UNAVAILABLE, 0);
        return refuse(call.request(), call.response(), refusal);
    }

    private Mono<Void> refuse(HttpServerRequest request, HttpServerResponse response, Refusal refusal) {
        return problems.send(request, response, refusal, null);
    }
}
