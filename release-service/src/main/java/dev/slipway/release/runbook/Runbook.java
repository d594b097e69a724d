package dev.slipway.release.runbook;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.HostNames;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.contracts.release.RunbookView.Command;
import dev.slipway.contracts.release.RunbookView.Person;
import dev.slipway.contracts.release.RunbookView.Place;
import dev.slipway.release.application.Tags;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ForwardOnly;
import dev.slipway.release.saga.PinnedRunbook;
import dev.slipway.release.saga.ReleasePlan;
import dev.slipway.release.saga.RunbookPins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runbook of a release, made when somebody asks, of its plan and its pinned policy; and the one that was pinned. */
public final class Runbook {
    private Runbook() {}

    /** As it reads now. */
    public static RunbookView of(Dossier d, Instant now) {
        return of(d, ReleasePlan.whole(d, now), pinned(d, now, false));
    }

    /** As it was pinned; nothing where none was. */
    public static Optional<RunbookView> asPinned(Dossier d, Instant now) {
        PinnedRunbook pinned = d.runbook();
        if (pinned == null) {
            return Optional.empty();
        }
        PlanView present = ReleasePlan.whole(d, now);
        PlanView then = new PlanView(
                present.release(),
                present.application(),
                present.version(),
                present.sha(),
                present.kind(),
                present.state(),
                present.since(),
                pinned.content().policyHash(),
                pinned.content().guideHash(),
                "Each step is told as it was to come.",
                null,
                pinned.content().steps());
        return Optional.of(of(d, then, pinned(d, now, true)));
    }

    private static RunbookView.@Nullable Pinned pinned(Dossier d, Instant now, boolean shown) {
        PinnedRunbook pinned = d.runbook();
        return pinned == null
                ? null
                : new RunbookView.Pinned(
                        pinned.digest(),
                        pinned.at(),
                        pinned.why(),
                        shown,
                        RunbookPins.differences(pinned.content(), RunbookPins.content(d, now)),
                        pinned.before().stream()
                                .map(each -> new RunbookView.Earlier(each.digest(), each.at(), each.why()))
                                .toList());
    }

    private static RunbookView of(Dossier d, PlanView plan, RunbookView.@Nullable Pinned pinned) {
        Policy policy = d.release().policy();
        List<Person> contacts = policy == null
                ? List.of()
                : policy.contacts().stream()
                        .map(each -> new Person(each.role(), each.name(), each.email(), each.slack()))
                        .toList();
        List<Place> places = new ArrayList<>();
        if (policy != null) {
            environments(d, policy, places);
            repository(d, policy, places);
        }
        for (Artifact artifact : d.release().proposal().artifacts()) {
            places.add(new Place("artifact", artifact.uri() + ", " + artifact.digest()));
        }
        @Nullable String forwardOnly = ForwardOnly.reason(d);
        if (forwardOnly != null) {
            places.add(new Place("way back", "none by itself, as it may only go forward: " + forwardOnly));
        }
        return new RunbookView(plan, contacts, places, commands(d), pinned);
    }

    private static void environments(Dossier d, Policy policy, List<Place> places) {
        environment(
                d, EnvironmentId.PRODUCTION, policy.environments().production().front(), places);
        environment(d, EnvironmentId.STAGING, policy.environments().staging().front(), places);
    }

    private static void environment(Dossier d, String name, Front front, List<Place> places) {
        EnvironmentId id = new EnvironmentId(d.id().application(), name);
        places.add(new Place(name + " by host name", String.join(", ", HostNames.effective(id, front.hosts()))));
        places.add(new Place(name + " by path", "/apps/%s/%s/".formatted(id.application(), name)));
    }

    private static void repository(Dossier d, Policy policy, List<Place> places) {
        Policy.Source source = policy.source();
        places.add(new Place("repository", source.repository()));
        places.add(new Place("branches", "released from %s, merged into %s".formatted(source.branches(), source.to())));
        Policy.Merge merge = policy.merge();
        if (merge != null) {
            places.add(new Place("tag", Tags.of(merge, d.release().proposal().version())));
        }
    }

    private static List<Command> commands(Dossier d) {
        ReleaseId id = d.id();
        String application = id.application().value();
        boolean forwardOnly = ForwardOnly.reason(d) != null;
        return List.of(
                new Command("see where it is", "slipway release show " + id),
                new Command("see what comes", "slipway release plan " + id),
                new Command("read this as it was pinned", "slipway release runbook %s --pinned".formatted(id)),
                new Command("see what runs where", "slipway status"),
                forwardOnly
                        ? new Command("stop it, and take production back all the same", ForwardOnly.typed(d))
                        : new Command("stop it", "slipway release abort %s --reason WHY".formatted(id)),
                new Command("let production wait where it is", "slipway release pause " + id),
                new Command("let it go on", "slipway release resume " + id),
                new Command(
                        "take production back after its end",
                        "slipway app rollback %s %s"
                                .formatted(
                                        application, forwardOnly ? "--although-forward-only REASON" : "--reason WHY")),
                new Command("see messages that did not arrive", "slipway deliveries --undelivered"),
                new Command("read what the program writes", "slipway logs %s".formatted(id)),
                new Command("check its record", "slipway verify " + id));
    }
}
