package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy has requested of a running version, with what is known of the release put in. What its program is told
 * (command and environment) stays as written: the machine that starts it knows the rest.
 */
final class Placed {
    private Placed() {}

    static List<Gate> gates(List<Gate> gates, Map<String, String> facts) {
        return gates.stream().map(gate -> gate(gate, facts)).toList();
    }

    private static Gate gate(Gate gate, Map<String, String> facts) {
        return new Gate(
                gate.id(),
                gate.guide(),
                gate.stage(),
                gate.evidence(),
                gate.suite(),
                gate.rule(),
                gate.cel(),
                gate.check(),
                requests(gate.http(), facts),
                gate.within(),
                gate.metrics(),
                gate.watch(),
                gate.licenses(),
                gate.scanner(),
                gate.baseline(),
                gate.signedBy() == null ? null : signers(gate, gate.signedBy(), facts),
                gate.stability());
    }

    /** A tag is called as the version is; nothing else of it speaks of the release. */
    private static SignedBy signers(Gate gate, SignedBy signedBy, Map<String, String> facts) {
        if (!Gate.SIGNED_TAG.equals(gate.check())) {
            return signedBy;
        }
        String tag = signedBy.tag() == null ? SignedBy.TAG_DEFAULT : signedBy.tag();
        return new SignedBy(
                signedBy.keys(), signedBy.builder(), signedBy.source(), Placeholders.filled(tag, facts::get));
    }

    static List<Gate.HttpProbe> requests(List<Gate.HttpProbe> requests, Map<String, String> facts) {
        return requests.stream()
                .map(request -> new Gate.HttpProbe(
                        Placeholders.filledPath(request.get(), facts::get),
                        request.status(),
                        request.latency(),
                        request.json().stream()
                                .map(expected -> new Gate.JsonExpectation(
                                        expected.path(), Placeholders.filled(expected.equals(), facts::get)))
                                .toList(),
                        text(request.contains(), facts)))
                .toList();
    }

    static Target target(Target target, Map<String, String> facts) {
        HealthChecks checks = target.healthChecks();
        MetricsAddress metrics = target.metrics();
        return new Target(
                target.type(),
                target.command(),
                target.portEnv(),
                Placeholders.filledPath(target.health(), facts::get),
                target.http2(),
                target.port(),
                target.ports(),
                target.env(),
                checks == null ? null : checks(checks, facts),
                target.startWithin(),
                target.stop(),
                target.limits(),
                metrics == null
                        ? null
                        : new MetricsAddress(Placeholders.filledPath(metrics.path(), facts::get), metrics.port()));
    }

    private static HealthChecks checks(HealthChecks checks, Map<String, String> facts) {
        return new HealthChecks(
                Placeholders.filledPath(checks.ready(), facts::get),
                path(checks.live(), facts),
                path(checks.started(), facts),
                checks.port(),
                checks.every(),
                checks.within(),
                checks.up(),
                checks.down());
    }

    private static @Nullable String text(@Nullable String text, Map<String, String> facts) {
        return text == null ? null : Placeholders.filled(text, facts::get);
    }

    private static @Nullable String path(@Nullable String path, Map<String, String> facts) {
        return path == null ? null : Placeholders.filledPath(path, facts::get);
    }
}
