package dev.slipway.gateway.live;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.gateway.proxy.Failure;
import dev.slipway.gateway.proxy.Forwarding;
import dev.slipway.gateway.proxy.WatchedAnswer;
import dev.slipway.gateway.samples.Answer;
import dev.slipway.gateway.samples.EnvironmentTraffic;
import dev.slipway.gateway.split.AppPath;
import dev.slipway.gateway.split.Choosing;
import dev.slipway.gateway.split.Clients;
import dev.slipway.gateway.split.Side;
import dev.slipway.gateway.split.SplitTables;
import dev.slipway.web.Problems;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The live split: chooses the version that answers a request, hands the request on and counts the answer. What this filter
 * refuses itself (no version, too many requests) is no version's answer and is not counted.
 */
final class SplitFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    static final String VERSION_HEADER = "Slipway-Version";

    private final LiveTraffic traffic;
    private final Choosing choosing;
    private final Dice dice;
    private final Bulkhead bulkhead;
    private final Duration retryAfter;
    private final Duration clientKeepsFor;
    private final Clock clock;
    private final LongSupplier nanoTime = System::nanoTime;

    /** Draws the side of a request, 0 to 9,999. */
    @FunctionalInterface
    interface Dice {
        int roll();
    }

    SplitFilter(LiveTraffic traffic, Dice dice, Bulkhead bulkhead, LiveSettings settings, Clock clock) {
        this.traffic = traffic;
        this.choosing = new Choosing(settings.staleAfter());
        this.dice = dice;
        this.bulkhead = bulkhead;
        this.retryAfter = settings.retryAfter();
        this.clientKeepsFor = settings.clientKeepsFor();
        this.clock = clock;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        AppPath path = AppPath.parse(request.servletRequest().getRequestURI())
                .orElseThrow(
                        () -> Problems.refused(
                                HttpStatus.NOT_FOUND,
                                "unknown-environment",
                                "Live traffic goes to /apps/{application}/{environment}/..., the environment staging or production."));
        SplitTables tables = traffic.tables();
        Visitor visitor = new Visitor(request, path, clientKeepsFor);
        Instant now = clock.instant();
        Side side = choosing.choose(tables, path.environment(), now, table -> bucket(table, visitor));
        return switch (side) {
            case Side.Serves serves -> guarded(new Visit(request, path, serves.share(), visitor, now), next);
            case Side.NoTable _ -> throw unavailable("no-traffic-table", "has no version yet, as far as is known here");
            case Side.NothingServes _ -> throw unavailable("nothing-serves", "has no version that may serve");
            case Side.NotConfirmed _ ->
                throw unavailable(
                        "not-confirmed", "has no verified version, and its first one is not confirmed at present");
        };
    }

    /** One request on its way to its version. */
    private record Visit(ServerRequest request, AppPath path, Share share, Visitor visitor, Instant at) {}

    private int bucket(TrafficTable table, Visitor visitor) {
        return table.assign() == Canary.Assign.CLIENT ? Clients.bucket(visitor.key(), table) : dice.roll();
    }

    private ServerResponse guarded(Visit visit, HandlerFunction<ServerResponse> next) throws Exception {
        Forwarding.to(visit.request(), visit.share().address(), visit.path().rest());
        if (!bulkhead.tryAcquirePermission()) {
            throw unavailable("traffic-busy", "has too many requests under way at this gateway");
        }
        long start = nanoTime.getAsLong();
        OptionalLong client = visit.visitor().sticky();
        EnvironmentTraffic.Count count =
                traffic.counting(visit.path().environment()).begin(visit.share().key(), client, visit.at());
        boolean answered = false;
        try {
            ServerResponse answer = handOn(visit, next);
            boolean error = answer.statusCode().is5xxServerError();
            ServerResponse watched = WatchedAnswer.of(answer, visit.request(), nanoTime, (brokeOff, end) -> {
                bulkhead.onComplete();
                count.end(new Answer(error || brokeOff, end - start));
            });
            answered = true;
            return watched;
        } catch (ResourceAccessException noAnswer) {
            Failure failure = Failure.of(noAnswer);
            if (failure instanceof Failure.Unreachable || failure instanceof Failure.TimedOut) {
                count.end(new Answer(true, nanoTime.getAsLong() - start));
            }
            throw refused(failure, visit.share());
        } finally {
            if (!answered) {
                bulkhead.onComplete();
                count.drop(); // without effect where the failure has been counted
            }
        }
    }

    private static ServerResponse handOn(Visit visit, HandlerFunction<ServerResponse> next) throws Exception {
        ServerResponse answer = next.handle(visit.request());
        answer.headers().set(VERSION_HEADER, visit.share().version());
        visit.visitor().cookie().ifPresent(cookie -> answer.headers().add(HttpHeaders.SET_COOKIE, cookie.toString()));
        return answer;
    }

    private static ErrorResponseException refused(Failure failure, Share share) {
        return switch (failure) {
            case Failure.TooLarge tooLarge ->
                new ErrorResponseException(
                        HttpStatus.CONTENT_TOO_LARGE, tooLarge.cause().problem(), null);
            case Failure.ClientGone _ ->
                Problems.refused(HttpStatus.BAD_REQUEST, "request-broken-off", "The request broke off.");
            case Failure.Unreachable _ ->
                version(HttpStatus.BAD_GATEWAY, "version-unreachable", "could not be reached", share);
            case Failure.TimedOut _ ->
                version(HttpStatus.GATEWAY_TIMEOUT, "version-timed-out", "did not answer in time", share);
        };
    }

    private static ErrorResponseException version(HttpStatus status, String code, String what, Share share) {
        ErrorResponseException refused =
                Problems.refused(status, code, "Version " + share.version() + " " + what + ". Try again.");
        refused.getHeaders().set(VERSION_HEADER, share.version());
        return refused;
    }

    private ErrorResponseException unavailable(String code, String what) {
        return Problems.unavailable(code, "This environment " + what + ". Try again later.", retryAfter);
    }
}
