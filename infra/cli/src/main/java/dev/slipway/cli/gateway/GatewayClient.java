package dev.slipway.cli.gateway;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.notification.RetryAnswer;
import dev.slipway.contracts.notification.RetryRequest;
import dev.slipway.contracts.release.AnnouncementState;
import dev.slipway.contracts.release.ApplicationView;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.HandOverRequest;
import dev.slipway.contracts.release.OpenWaiver;
import dev.slipway.contracts.release.ReleaseDayRequest;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.RetentionView;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.WaiverView;
import dev.slipway.contracts.traffic.FrontView;
import dev.slipway.demo.Gateways;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Slipway's API. What it refuses becomes one line: what the problem document says, and how the command ends. */
public final class GatewayClient {
    private static final Duration ANSWER_MAX = Pace.patience(Duration.ofSeconds(15));
    private static final Duration CONNECT_MAX = Pace.patience(Duration.ofSeconds(3));
    /** A report of 20 MB, in base64. */
    private static final int ANSWER_BYTES_MAX = 32 << 20;

    private static final int PAGE = 200;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
    private final Gateways gateways;

    /** @param url of the gateway, without a path */
    public GatewayClient(URI url) {
        this(List.of(url));
    }

    /** @param urls of gateways that serve the same, without paths; the next is asked where one cannot be reached */
    public GatewayClient(List<URI> urls) {
        this.gateways = new Gateways(urls);
    }

    public URI url() {
        return gateways.current();
    }

    /** One page, newest first. */
    public ReleaseView.Page releases(Filter filter, @Nullable String cursor, int limit, String token) {
        StringBuilder path = new StringBuilder("/api/v1/releases?limit=").append(limit);
        filter.application()
                .ifPresent(application -> path.append("&application=").append(Gateways.encode(application)));
        filter.state().ifPresent(state -> path.append("&state=").append(Gateways.encode(state)));
        if (cursor != null) {
            path.append("&cursor=").append(Gateways.encode(cursor));
        }
        return read(get(path.toString(), token), ReleaseView.Page.class);
    }

    /** Which releases. */
    public record Filter(Optional<String> application, Optional<String> state) {
        public static Filter ofApplication(String application) {
            return new Filter(Optional.of(application), Optional.empty());
        }
    }

    /**
     * The newest releases, from as many pages as it takes.
     *
     * @param more whether there are others
     */
    public record Newest(List<ReleaseView> releases, boolean more) {
        public Newest {
            releases = List.copyOf(releases);
        }
    }

    /** @param limit how many at most, from 1 */
    public Newest newest(Filter filter, int limit, String token) {
        List<ReleaseView> found = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            ReleaseView.Page page = releases(filter, cursor, Math.clamp(limit - found.size(), 1, PAGE), token);
            found.addAll(page.releases());
            cursor = page.cursor();
        } while (cursor != null && found.size() < limit);
        return new Newest(found, cursor != null);
    }

    /** Looks at releases, newest first, page by page, for as long as it says so. */
    public void eachRelease(Filter filter, String token, Predicate<ReleaseView> goOn) {
        @Nullable String cursor = null;
        do {
            ReleaseView.Page page = releases(filter, cursor, PAGE, token);
            for (ReleaseView release : page.releases()) {
                if (!goOn.test(release)) {
                    return;
                }
            }
            cursor = page.cursor();
        } while (cursor != null);
    }

    /** Every version that releases of an application have had. */
    public List<String> versions(String application, String token) {
        List<String> versions = new ArrayList<>();
        eachRelease(Filter.ofApplication(application), token, release -> versions.add(release.version()));
        return versions;
    }

    /** Where users reach applications. */
    public FrontView front(String token) {
        return read(get("/api/v1/front", token), FrontView.class);
    }

    public ReleaseView release(String id, String token) {
        return read(get(releasePath(id), token), ReleaseView.class);
    }

    /** The release, or nothing while Slipway does not know it yet. */
    public Optional<ReleaseView> findRelease(String id, String token) {
        return find(releasePath(id), token, ReleaseView.class);
    }

    public void approve(String id, ReleaseView.ApprovalRequest approval, String token) {
        post(releasePath(id) + "/approvals", approval, token);
    }

    /** A person's no to exactly this. */
    public ReleaseView object(String id, VoteView.ObjectionRequest no, String token) {
        return read(post(releasePath(id) + "/objections", no, token), ReleaseView.class);
    }

    /** Asks to waive a gate, or confirms that. */
    public ReleaseView waive(String id, WaiverView.WaiverRequest waiver, String token) {
        return read(post(releasePath(id) + "/waivers", waiver, token), ReleaseView.class);
    }

    /** What somebody has to answer for is another's. */
    public ReleaseView handOver(String id, HandOverRequest asked, String token) {
        return read(post(releasePath(id) + "/hand-over", asked, token), ReleaseView.class);
    }

    /** It goes by the guide's file at its revision. */
    public GuideView adoptGuide(String id, GuideFileView.GuideAdoption said, String token) {
        return read(post(releasePath(id) + "/guide", said, token), GuideView.class);
    }

    /** Whether a line of the guide applies to it. */
    public GuideView sayOfLine(String id, String line, GuideView.LineRequest said, String token) {
        return read(post(releasePath(id) + "/guide/lines/" + Gateways.encode(line), said, token), GuideView.class);
    }

    /** The release day is set or moved. */
    public ReleaseView.SteeringAnswer day(String id, ReleaseDayRequest asked, String token) {
        return read(post(releasePath(id) + "/day", asked, token), ReleaseView.SteeringAnswer.class);
    }

    /** The announcements that the policy of a release asks for. */
    public List<AnnouncementState> announcements(String id, String token) {
        return List.of(read(get(releasePath(id) + "/announcements", token), AnnouncementState[].class));
    }

    /** A yes to the text of one of them. */
    public List<AnnouncementState> review(
            String id, String announcement, AnnouncementState.AnnouncementReviewRequest said, String token) {
        String path = releasePath(id) + "/announcements/" + Gateways.encode(announcement) + "/review";
        return List.of(read(post(path, said, token), AnnouncementState[].class));
    }

    /** A person's answer to a duty. */
    public ReleaseView answer(String id, String duty, DutyView.DutyRequest said, String token) {
        return read(post(releasePath(id) + "/duties/" + Gateways.encode(duty), said, token), ReleaseView.class);
    }

    /** What came of what a release waits on. */
    public ReleaseView ended(String id, String wait, DutyView.WaitRequest said, String token) {
        return read(post(releasePath(id) + "/waits/" + Gateways.encode(wait), said, token), ReleaseView.class);
    }

    /** What releases on their way go without; of one application, or of all where it is null. */
    public List<OpenWaiver> waivers(@Nullable String application, String token) {
        String asked = application == null ? "" : "?application=" + Gateways.encode(application);
        return whole("/api/v1/waivers" + asked, token, OpenWaiver[].class);
    }

    /** What is kept of a release until when, who holds it, and what went. */
    public RetentionView retention(String id, String token) {
        return read(get(releasePath(id) + "/retention", token), RetentionView.class);
    }

    /** Keeps all of a release until further notice, or no longer. */
    public RetentionView hold(String id, boolean held, String reason, String token) {
        String path = releasePath(id) + (held ? "/retention/hold" : "/retention/lift");
        return read(post(path, Map.of("reason", reason), token), RetentionView.class);
    }

    public ReleaseView.PolicyAnswer putPolicy(String application, String yaml, String token) {
        String path = "/api/v1/applications/%s/policy".formatted(Gateways.encode(application));
        HttpRequest request = request(path, token)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(yaml))
                .build();
        return read(accepted(send(request), path), ReleaseView.PolicyAnswer.class);
    }

    public List<ApplicationView> applications(String token) {
        return whole("/api/v1/applications", token, ApplicationView[].class);
    }

    public List<EnvironmentView> environments(String token) {
        return whole("/api/v1/environments", token, EnvironmentView[].class);
    }

    public List<DeliveryView> deliveries(@Nullable String release, String token) {
        String path = "/api/v1/deliveries?limit=1000";
        return whole(
                release == null ? path : path + "&release=" + Gateways.encode(release), token, DeliveryView[].class);
    }

    public RetryAnswer sendAgain(RetryRequest request, String token) {
        return read(post("/api/v1/deliveries/retry", request, token), RetryAnswer.class);
    }

    /** A list from its first page to its last, each of which names the next. */
    private <T> List<T> whole(String path, String token, Class<T[]> type) {
        List<T> all = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            HttpResponse<String> answer = send(request(next.get(), token).GET().build());
            all.addAll(List.of(read(accepted(answer, path), type)));
            next = answer.headers().allValues("Link").stream()
                    .map(NEXT::matcher)
                    .filter(Matcher::find)
                    .map(link -> link.group(1))
                    .findFirst();
        }
        return all;
    }

    /**
     * One request and its answer.
     *
     * @param key Idempotency-Key: the same request again has the same one
     */
    record Call(String method, String path, String contentType, byte[] body, String key, Map<String, String> headers) {}

    /** @param location of what was made, where something was */
    record Answer(String body, Optional<String> location) {}

    /** Any other request; a refusal becomes one line here as well. */
    Answer call(Call call, String token) {
        HttpRequest.Builder request = request(call.path(), token)
                .header("Content-Type", call.contentType())
                .header("Idempotency-Key", call.key())
                .method(call.method(), BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        HttpResponse<String> answer = send(request.build());
        return new Answer(accepted(answer, call.path()), answer.headers().firstValue("Location"));
    }

    /** What is there, or nothing if the answer is that there is nothing. */
    <T> Optional<T> find(String path, String token, Class<T> type) {
        HttpResponse<String> answer = send(request(path, token).GET().build());
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(read(accepted(answer, path), type));
    }

    static String releasePath(String id) {
        return "/api/v1/releases/" + Gateways.encode(id);
    }

    /** @param mediaType what is wanted; a refusal still comes as a problem document */
    String get(String path, String mediaType, String token) {
        HttpRequest request = request(path, token)
                .setHeader("Accept", mediaType + ", application/problem+json;q=0.5")
                .GET()
                .build();
        return accepted(send(request), path);
    }

    String get(String path, String token) {
        return accepted(send(request(path, token).GET().build()), path);
    }

    /** The bytes that are there, whatever they are, or nothing if the answer is that there is nothing. */
    Optional<byte[]> bytes(String path, String token) {
        HttpRequest request = request(path, token)
                .setHeader("Accept", "application/octet-stream, application/problem+json;q=0.5")
                .GET()
                .build();
        HttpResponse<byte[]> answer =
                send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8), path);
        }
        return Optional.of(answer.body());
    }

    private String post(String path, Object body, String token) {
        HttpRequest request = request(path, token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(WireJson.mapper().writeValueAsString(body)))
                .build();
        return accepted(send(request), path);
    }

    private HttpRequest.Builder request(String path, String token) {
        return gateways.request(path, token).timeout(ANSWER_MAX);
    }

    private HttpResponse<String> send(HttpRequest request) {
        return send(request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX));
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> as) {
        try {
            return gateways.send(http, request, as, away -> mayBeSentAgain(request, away));
        } catch (Gateways.Away away) {
            throw new CommandFailed(
                    ExitCode.UNREACHABLE,
                    "Slipway does not answer at %s: see ./slipway status, start it with ./slipway up"
                            .formatted(away.gateway()),
                    away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted", interrupted);
        }
    }

    /** One that was never sent, one that changes nothing, and one that a gateway knows again. */
    private static boolean mayBeSentAgain(HttpRequest request, IOException away) {
        return away instanceof ConnectException
                || away instanceof HttpConnectTimeoutException
                || !request.method().equals("POST")
                || request.headers().firstValue("Idempotency-Key").isPresent();
    }

    private static CommandFailed refused(int status, String body, String path) {
        return new CommandFailed(exitCode(status), "%s (%d, %s)".formatted(Gateways.explanation(body), status, path));
    }

    private static String accepted(HttpResponse<String> answer, String path) {
        if (answer.statusCode() / 100 == 2) {
            return answer.body();
        }
        throw refused(answer.statusCode(), answer.body(), path);
    }

    static ExitCode exitCode(int status) {
        if (status == 409) {
            return ExitCode.FAILED;
        }
        return status >= 500 || status == 429 ? ExitCode.UNREACHABLE : ExitCode.USAGE;
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return WireJson.mapper().readValue(json, type);
        } catch (JacksonException unreadable) {
            throw new CommandFailed(
                    ExitCode.UNREACHABLE,
                    "Slipway's answer is not what this command knows: use the same version of both",
                    unreadable);
        }
    }
}
