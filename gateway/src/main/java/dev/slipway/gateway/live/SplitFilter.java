package dev.slipway.gateway.live;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.gateway.live.SplitMeters.Outcome;
import dev.slipway.gateway.live.SplitMeters.To;
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
import java.util.List;
import java.util.Optional;
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
    private final ProbeMark mark;
    private final SplitMeters meters;
    private final LongSupplier nanoTime = System::nanoTime;

    /** Draws the side of a request, 0 to 9,999. */
    @FunctionalInterface
    interface Dice {
        int roll();
    }

    SplitFilter(
            LiveTraffic traffic,
            Dice dice,
            Bulkhead bulkhead,
            LiveSettings settings,
            Clock clock,
            ProbeMark mark,
            SplitMeters meters) {
        this.traffic = traffic;
        this.choosing = new Choosing(settings.staleAfter());
        this.dice = dice;
        this.bulkhead = bulkhead;
        this.retryAfter = settings.retryAfter();
        this.clientKeepsFor = settings.clientKeepsFor();
        this.clock = clock;
        this.mark = mark;
        this.meters = meters;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        AppPath path = AppPath.parse(request.servletRequest().getRequestURI())
                .orElseThrow(
                        () -> Problems.refused(
                                HttpStatus.NOT_FOUND,
                                "unknown-environment",
                                "Live traffic goes to /apps/{application}/{environment}/..., the environment staging or production."));
        refuseUpgrade(request);
        SplitTables tables = traffic.tables();
        Visitor visitor = new Visitor(request, path, clientKeepsFor);
        Instant now = clock.instant();
        if (!traffic.readToEnd()) {
            meters.unknown();
            throw unavailable("tables-unread", "is not known here yet, because this gateway has just started");
        }
        Side side = choosing.choose(tables, path.environment(), now, table -> bucket(table, visitor));
        boolean probe = mark.isOn(request.headers().header(TrafficTable.PROBE_HEADER));
        return switch (side) {
            case Side.Serves(Share share) -> {
                To to = tables.isVerified(path.environment(), share) ? To.VERIFIED : To.UNVERIFIED;
                List<StatusRule> rules = tables.statuses(path.environment());
                yield guarded(new Visit(request, path, share, to, visitor, now, probe, rules), next);
            }
            case Side.NoTable _ -> {
                meters.unknown();
                throw unavailable("no-traffic-table", "has no version yet, as far as is known here");
            }
            case Side.NothingServes _ -> {
                meters.ended(path.environment(), To.NONE, probe, Outcome.UNAVAILABLE, 0);
                throw unavailable("nothing-serves", "has no version that may serve");
            }
            case Side.NotConfirmed _ -> {
                meters.ended(path.environment(), To.NONE, probe, Outcome.UNAVAILABLE, 0);
                throw unavailable(
                        "not-confirmed",
                        "has no verified version, and since this gateway started nobody has confirmed its first one");
            }
        };
    }

    /** One request on its way to its version. */
    private record Visit(
            ServerRequest request,
            AppPath path,
            Share share,
            To to,
            Visitor visitor,
            Instant at,
            boolean probe,
            List<StatusRule> rules) {}

    /** Only WebSocket: a client that offers another protocol goes on without it. */
    private static void refuseUpgrade(ServerRequest request) {
        if (request.headers().header(HttpHeaders.UPGRADE).stream().anyMatch("websocket"::equalsIgnoreCase)) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "upgrade-not-supported",
                    "The split hands requests on one by one and counts each answer, so it cannot pass a WebSocket on. "
                            + "Use plain HTTP, such as server-sent events or polling, or reach the application directly.");
        }
    }

    private int bucket(TrafficTable table, Visitor visitor) {
        return table.assign() == Canary.Assign.CLIENT ? Clients.bucket(visitor.key(), table) : dice.roll();
    }

    private ServerResponse guarded(Visit visit, HandlerFunction<ServerResponse> next) throws Exception {
        Forwarding.to(visit.request(), visit.share().address(), visit.path().rest());
        if (!bulkhead.tryAcquirePermission()) {
            ended(visit, Outcome.UNAVAILABLE, 0);
            throw unavailable("traffic-busy", "has too many requests under way at this gateway");
        }
        long start = nanoTime.getAsLong();
        EnvironmentTraffic.Count count = traffic.counting(visit.path().environment())
                .begin(visit.share().key(), visit.visitor().number(), visit.at());
        boolean answered = false;
        try {
            ServerResponse answer = handOn(visit, next);
            int status = answer.statusCode().value();
            ServerResponse watched = WatchedAnswer.of(answer, visit.request(), nanoTime, (brokeOff, end) -> {
                bulkhead.onComplete();
                long nanos = end - start;
                count.end(
                        brokeOff
                                ? Answer.brokeOff(nanos)
                                : Answer.of(visit.rules(), visit.path().rest(), status, nanos));
                boolean failed = brokeOff || answer.statusCode().is5xxServerError();
                ended(visit, failed ? Outcome.FAILED : Outcome.ANSWERED, nanos);
            });
            answered = true;
            return watched;
        } catch (ResourceAccessException noAnswer) {
            Failure failure = Failure.of(noAnswer);
            long nanos = nanoTime.getAsLong() - start;
            counted(failure, nanos).ifPresent(count::end);
            ended(visit, outcome(failure), nanos);
            throw refused(failure, visit.share());
        } finally {
            if (!answered) {
                bulkhead.onComplete();
                count.drop(); // without effect where the failure has been counted
            }
        }
    }

    private void ended(Visit visit, Outcome outcome, long nanos) {
        meters.ended(visit.path().environment(), visit.to(), visit.probe(), outcome, nanos);
    }

    /** What the version is to blame for; nothing where it was the client. */
    private static Optional<Answer> counted(Failure failure, long nanos) {
        return switch (failure) {
            case Failure.NotConnected _ -> Optional.of(Answer.noConnection(nanos));
            case Failure.BrokeOff _ -> Optional.of(Answer.brokeOff(nanos));
            case Failure.TimedOut _ -> Optional.of(Answer.timeOut(nanos));
            case Failure.TooLarge _, Failure.ClientGone _ -> Optional.empty();
        };
    }

    private static Outcome outcome(Failure failure) {
        return switch (failure) {
            case Failure.NotConnected _, Failure.BrokeOff _, Failure.TimedOut _ -> Outcome.FAILED;
            case Failure.TooLarge _, Failure.ClientGone _ -> Outcome.REFUSED;
        };
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
            case Failure.NotConnected _, Failure.BrokeOff _ ->
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
