package dev.slipway.gateway.front;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.gateway.live.LiveTraffic;
import dev.slipway.gateway.live.ProbeMark;
import dev.slipway.gateway.live.SplitMeters;
import dev.slipway.gateway.live.SplitMeters.Outcome;
import dev.slipway.gateway.live.SplitMeters.To;
import dev.slipway.gateway.passing.Destination;
import dev.slipway.gateway.passing.Refusal;
import dev.slipway.gateway.split.Choosing;
import dev.slipway.gateway.split.Clients;
import dev.slipway.gateway.split.Side;
import dev.slipway.gateway.split.SplitTables;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private final LiveTraffic traffic;
    private final Choosing choosing;
    private final Dice dice;
    private final SidePlaces places;
    private final SideRequest side;
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
        if (found.isEmpty()) {
            return refuse(request, response, Refusal.UNKNOWN);
        }
        Destination destination = found.get();
        if (destination.leadsElsewhere()) {
            return refuse(request, response, Refusal.LEADS_ELSEWHERE);
        }
        if ("websocket".equalsIgnoreCase(headers.get(HttpHeaderNames.UPGRADE))) {
            return refuse(request, response, Refusal.NO_UPGRADE);
        }
        if (!traffic.readToEnd()) {
            meters.unknown();
            return refuse(request, response, Refusal.TABLES_UNREAD);
        }
        return choose(request, response, destination);
    }

    private Mono<Void> choose(HttpServerRequest request, HttpServerResponse response, Destination destination) {
        SplitTables tables = traffic.tables();
        Instant now = clock.instant();
        HttpHeaders headers = request.requestHeaders();
        Visitor visitor = new Visitor(headers);
        boolean probe =
                headers.contains(TrafficTable.PROBE_HEADER) && mark.isOn(headers.getAll(TrafficTable.PROBE_HEADER));
        Side chosen = choosing.choose(tables, destination.environment(), now, table -> bucket(table, visitor));
        return switch (chosen) {
            case Side.Serves(Share share) -> serve(request, response, destination, share, visitor, probe);
            case Side.NoTable _ -> {
                meters.unknown();
                yield refuse(request, response, Refusal.NO_TABLE);
            }
            case Side.NothingServes _ -> none(request, response, destination, probe, Refusal.NOTHING_SERVES);
            case Side.NotConfirmed _ -> none(request, response, destination, probe, Refusal.NOT_CONFIRMED);
        };
    }

    private int bucket(TrafficTable table, Visitor visitor) {
        return table.assign() == Canary.Assign.CLIENT ? Clients.bucket(visitor.key(), table) : dice.roll();
    }

    private Mono<Void> serve(
            HttpServerRequest request,
            HttpServerResponse response,
            Destination destination,
            Share share,
            Visitor visitor,
            boolean probe) {
        boolean verified = traffic.tables().isVerified(destination.environment(), share);
        To to = verified ? To.VERIFIED : To.UNVERIFIED;
        long length = length(request.requestHeaders());
        if (length > settings.bodyMax().toBytes()) {
            meters.ended(destination.environment(), to, probe, Outcome.REFUSED, 0);
            return refuse(request, response, Refusal.BODY_TOO_LARGE);
        }
        Bulkhead place = places.of(destination.environment(), verified, settings.inFlightMax());
        if (!place.tryAcquirePermission()) {
            meters.ended(destination.environment(), to, probe, Outcome.UNAVAILABLE, 0);
            return refuse(request, response, Refusal.BUSY);
        }
        Visit visit = new Visit(
                destination,
                share,
                to,
                probe,
                traffic.tables().statuses(destination.environment()),
                place,
                Visit.counts(traffic.counting(destination.environment()), share, visitor.number(), clock),
                meters);
        String cookie = visitor.cookie(
                destination.prefix().isEmpty() ? "/" : destination.prefix(),
                settings.clientKeepsFor(),
                request.scheme().equals("https"));
        return side.send(request, response, visit, cookie, probe);
    }

    private static long length(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip()); // the codec has read it
    }

    private Mono<Void> none(
            HttpServerRequest request,
            HttpServerResponse response,
            Destination destination,
            boolean probe,
            Refusal refusal) {
        meters.ended(destination.environment(), To.NONE, probe, Outcome.UNAVAILABLE, 0);
        return refuse(request, response, refusal);
    }

    private Mono<Void> refuse(HttpServerRequest request, HttpServerResponse response, Refusal refusal) {
        return problems.send(request, response, refusal, null);
    }
}
