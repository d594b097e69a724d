package dev.slipway.release.rehearsal;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.MetricQuery;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.contracts.validation.HostCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a release needs that other services alone can look at: the channels by which people are told, the secrets that its
 * programs are started with, and the hosts that its gates ask. Nobody calls another service; {@code guide plan} asks each of them ({@link PagesBefore} likewise).
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
        return checks;
    }

    /** Of metrics that gates query, and of what is looked for after production; scheme, name and port of each, once. */
    private static List<String> hosts(Policy policy) {
        Stream<String> queried =
                policy.gates().stream().flatMap(gate -> gate.queries().stream()).map(MetricQuery::at);
        Stream<String> arriving = policy.gates().stream()
                .flatMap(gate -> Stream.ofNullable(gate.arrival()))
                .flatMap(ServicesBefore::address);
        return Stream.concat(queried, arriving)
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
