package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.Application.PolicyInForce;
import dev.slipway.release.application.ApplicationInput.HeadSeen;
import java.util.List;

/** What a push to a source branch means for the releases on their way: it counts once Git shows it. */
final class Pushes {
    private Pushes() {}

    static Decision<Application> heard(Application state, Sha sha) {
        PolicyInForce policy = state.policy();
        Application.Push before = state.pushed();
        boolean known = before != null && before.sha().equals(sha);
        if (policy == null
                || policy.policy().onPush() == Policy.OnPush.IGNORE
                || state.live().isEmpty()
                || known) {
            return Decision.stay(state);
        }
        Application next = ApplicationChange.of(state)
                .push(new Application.Push(sha, state.live()))
                .done();
        Decision<Application> looking = Decision.move(
                next,
                new Effect.StartTask(
                        look(sha),
                        SourceBranch.LOOK,
                        new SourceBranch.Look(policy.policy().source(), sha)));
        return before == null ? looking : looking.and(new Effect.DropTask(look(before.sha())));
    }

    static Decision<Application> seen(Application state, HeadSeen seen) {
        Application.Push push = state.pushed();
        if (push == null || !push.sha().equals(seen.pushed())) {
            return Decision.stay(state);
        }
        Application next = ApplicationChange.of(state).push(null).done();
        Sha head = seen.head();
        if (head == null || !seen.pushed().equals(head)) {
            return Decision.move(next)
                    .because("a push to %s does not count: Git shows %s"
                            .formatted(seen.pushed().brief(), head == null ? "no such branch" : head.brief()));
        }
        List<Effect> effects = push.before().stream()
                .filter(state.live()::contains)
                .map(older -> superseded(older, Supersede.byPush(head, seen.branches())))
                .toList();
        return Decision.move(next)
                .and(effects)
                .because("the source branch has moved on to " + seen.pushed().brief());
    }

    private static String look(Sha sha) {
        return SourceBranch.LOOK + "/" + sha;
    }

    private static Effect superseded(ReleaseId release, Supersede by) {
        return Effect.send(Message.local(release.value(), LocalTypes.SUPERSEDE, by, release.value()));
    }
}
