package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.Target;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a policy has requested of a running version, with what is known put in. What its program is told (command and
 * environment) stays as written: the machine that starts it knows the rest.
 */
final class Placed {
    private Placed() {}

    static List<Gate> gates(List<Gate> gates, Filling filling) {
        return gates.stream().map(gate -> gate(gate, filling)).toList();
    }

    /** What the requests of gates need to be told by the machine that runs the version, by name. */
    static List<String> ofMachine(Stream<Gate> gates) {
        return gates.flatMap(gate -> gate.http().stream())
                .flatMap(request -> request.texts().stream())
                .flatMap(text -> Placeholders.used(text).stream())
                .filter(Placeholders::isOfMachine)
                .distinct()
                .sorted()
                .toList();
    }

    private static Gate gate(Gate gate, Filling filling) {
        return new Gate(
                gate.id(),
                gate.guide(),
                gate.stage(),
                gate.evidence(),
                gate.suite(),
                gate.rule(),
                gate.cel(),
                gate.check(),
                filling.requests(gate.http()),
                gate.within(),
                gate.metrics(),
                gate.watch(),
                gate.licenses(),
                gate.scanner(),
                gate.baseline(),
                gate.signedBy() == null ? null : signers(gate, gate.signedBy(), filling),
                gate.stability(),
                gate.arrival() == null ? null : filling.arrival(gate.arrival()),
                gate.noise(),
                gate.isolated(),
                filling.queries(gate.queries()),
                gate.files() == null ? null : filling.files(gate.files()),
                gate.tracker() == null ? null : filling.tracker(gate.tracker()),
                gate.kayenta());
    }

    /** A tag is called as the version is; nothing else of it speaks of the release. */
    private static SignedBy signers(Gate gate, SignedBy signedBy, Filling filling) {
        if (!Gate.SIGNED_TAG.equals(gate.check())) {
            return signedBy;
        }
        String tag = signedBy.tag() == null ? SignedBy.TAG_DEFAULT : signedBy.tag();
        return new SignedBy(signedBy.keys(), signedBy.builder(), signedBy.source(), filling.text(tag));
    }

    static Target target(Target target, Filling filling) {
        HealthChecks checks = target.healthChecks();
        MetricsAddress metrics = target.metrics();
        return new Target(
                target.type(),
                target.command(),
                target.portEnv(),
                filling.path(target.health()),
                target.http2(),
                target.port(),
                target.ports(),
                target.env(),
                checks == null ? null : checks(checks, filling),
                target.startWithin(),
                target.stop(),
                target.limits(),
                metrics == null ? null : new MetricsAddress(filling.path(metrics.path()), metrics.port()));
    }

    private static HealthChecks checks(HealthChecks checks, Filling filling) {
        return new HealthChecks(
                filling.path(checks.ready()),
                path(checks.live(), filling),
                path(checks.started(), filling),
                checks.port(),
                checks.every(),
                checks.within(),
                checks.up(),
                checks.down());
    }

    private static @Nullable String path(@Nullable String path, Filling filling) {
        return path == null ? null : filling.path(path);
    }
}
