package dev.slipway.release.rehearsal;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.MetricQuery;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.contracts.validation.HostCheck;
import dev.slipway.contracts.validation.IssuesCheck;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a release needs that other services alone can look at: the channels by which people are told, the secrets that its
 * programs are started with, and the hosts and trackers that its gates ask. Nobody calls another service; {@code guide plan} asks
 * each of them ({@link PagesBefore} likewise).
 */
final class ServicesBefore {
    /** One whose name a placeholder would fill is known no earlier than its release. */
    private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#{}@]+(?=[/?#]|$)");

    private ServicesBefore() {}

    static List<Check> checks(Policy policy) {
        List<Check> checks = new ArrayList<>();
        boolean mail = policy.contacts().stream().anyMatch(contact -> contact.email() != null)
                || policy.announcements().stream().anyMatch(each -> each.over() == Announcing.Over.MAIL);
        boolean slack = policy.contacts().stream().anyMatch(contact -> contact.slack() != null)
                || policy.announcements().stream().anyMatch(each -> each.over() == Announcing.Over.CHAT);
        if (mail) {
            checks.add(channel("email"));
        }
        if (slack) {
            checks.add(channel("slack"));
        }
        secrets(policy, EnvironmentId.STAGING, policy.environments().staging().target(), checks);
        secrets(
                policy,
                EnvironmentId.PRODUCTION,
                policy.environments().production().target(),
                checks);
        hosts(policy)
                .forEach(host -> checks.add(new Check(
                        Result.NOTE,
                        RehearsalView.HOST + host,
                        "Whether it can be reached, operators are told by GET /api/v1/applications/%s/hosts?address=%s"
                                .formatted(policy.application(), host))));
        checks.addAll(trackers(policy));
        return checks;
    }

    /** One look per project of a server, with the labels of all gates that ask it. */
    private static List<Check> trackers(Policy policy) {
        Map<String, List<TrackerRule>> asked = policy.gates().stream()
                .flatMap(gate -> Stream.ofNullable(gate.tracker()))
                .filter(tracker -> tracker.isAsked() && tracker.server() != TrackerRule.Server.UNKNOWN)
                .collect(Collectors.groupingBy(
                        tracker -> "%s %s %s".formatted(tracker.server(), tracker.project(), tracker.address()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return asked.values().stream().map(rules -> tracker(policy, rules)).toList();
    }

    private static Check tracker(Policy policy, List<TrackerRule> rules) {
        TrackerRule first = rules.getFirst();
        String server = String.valueOf(first.server()).toLowerCase(Locale.ROOT);
        String look = "/api/v1/applications/%s/trackers?server=%s&project=%s&at=%s%s"
                .formatted(
                        policy.application(),
                        server,
                        encoded(String.valueOf(first.project())),
                        encoded(first.address()),
                        rules.stream()
                                .flatMap(rule -> Stream.of(rule.labels(), rule.high(), rule.backports()))
                                .flatMap(List::stream)
                                .distinct()
                                .limit(IssuesCheck.LABELS_MAX)
                                .map(label -> "&label=" + encoded(label))
                                .collect(Collectors.joining()));
        return new Check(
                Result.NOTE,
                "%s%s %s".formatted(RehearsalView.TRACKER, server, first.project()),
                "Whether its issues can be asked for, operators are told by GET " + look,
                look);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Of metrics that gates query, of what is looked for after production, and of what ends a wait; scheme, name and port of each,
     * once.
     */
    private static List<String> hosts(Policy policy) {
        Stream<String> queried =
                policy.gates().stream().flatMap(gate -> gate.queries().stream()).map(MetricQuery::at);
        Stream<String> arriving = policy.gates().stream()
                .flatMap(gate -> Stream.ofNullable(gate.arrival()))
                .flatMap(ServicesBefore::address);
        Stream<String> polled = policy.duties().stream()
                .flatMap(duty -> Stream.ofNullable(duty.waits()))
                .flatMap(wait -> Stream.ofNullable(wait.poll()))
                .flatMap(ServicesBefore::address);
        return Stream.of(queried, arriving, polled)
                .flatMap(each -> each)
                .map(ORIGIN::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .distinct()
                .limit(HostCheck.ADDRESSES_MAX)
                .toList();
    }

    private static Stream<String> address(Arrival arrival) {
        return arrival.image() == null
                ? Stream.ofNullable(arrival.url())
                : arrival.host().map("https://"::concat).stream();
    }

    private static Check channel(String name) {
        return new Check(
                Result.NOTE,
                RehearsalView.CHANNEL + name,
                "Whether its server can be reached, operators are told by GET /api/v1/deliveries/channels");
    }

    private static void secrets(Policy policy, String environment, Target target, List<Check> checks) {
        target.env().values().stream()
                .map(EnvValue::secret)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .map(secret -> new Check(
                        Result.NOTE,
                        RehearsalView.SECRET + environment + " " + secret,
                        "Whether it can be read, operators are told by GET /api/v1/environments/%s/%s/secrets?name=%s"
                                .formatted(policy.application(), environment, secret)))
                .forEach(checks::add);
    }
}
